package dev.holdfast.server;

import dev.holdfast.server.access.Role;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code docs/roles.md}: the table of {@link Role}, and what it comes to for each operation. */
final class RolesPage {
    private static final String OPERATIONS = "## Operations";
    private static final Need[] COLUMNS = {
        Need.READ,
        Need.BACKUP,
        Need.GLOBAL_BACKUP,
        Need.MONITOR,
        Need.ADMIN,
        Need.ORG_READ,
        Need.ORG_ADMIN,
        Need.GLOBAL_READ,
        Need.GLOBAL_ADMIN
    };

    private RolesPage() {}

    static String print(List<RouteEntry> routes) {
        StringBuilder page = new StringBuilder("""
                # Roles

                What a key may do with each role. Printed from `server/access/Role.java` and the routes by a test; change those,
                not this. Another test sends each operation with each role, and compares the answers with this page.

                - **read**: every GET of a project.
                - **backup**: create restore jobs, delete snapshots, change the backup of a cluster.
                - **global backup**: take a snapshot of a cluster on demand.
                - **monitor**: add, change and remove hosts and clusters.
                - **own**: rename and delete the project; make, show, change and take away the keys of the project.
                - **org**: every GET of an organisation, its keys included.
                - **own org**: make projects in the organisation; make, change and delete its keys and their access lists.
                - **read all**: show what belongs to the whole installation.
                - **global**: the same as own org for keys of the whole installation and for their list; make organisations.

                A key without any role may ask for the root document and is shown empty lists. A project in which a key has
                no role answers 401 `NOT_IN_GROUP`, as one that does not exist does; a role that is not enough answers
                401 `USER_UNAUTHORIZED`. An agent key is no role: it sends snapshots of its project, and does nothing else.
                A role in an organisation opens no project of it; grant the project role beside it. Whoever makes a project
                becomes its owner.

                A key of an organisation is a member of it and may read it without a role; one that is no member is
                answered 401 `USER_CANNOT_ACCESS_ORG`, whether the organisation exists or not. Each key may show and change
                its own access list. No key can grant a role that allows what its own roles do not; and the last key with
                ORG_OWNER in an organisation, or with GLOBAL_OWNER, can neither be deleted nor lose that role.

                | role | granted in | read | backup | global backup | monitor | own | org | own org | read all | global |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (Role role : Role.values()) {
            page.append("| ").append(role).append(" | ").append(scope(role));
            for (Need need : COLUMNS) {
                page.append(" | ").append(role.meets(need) ? "yes" : "");
            }
            page.append(" |\n");
        }
        page.append('\n').append(OPERATIONS).append("\n\n");
        page.append("""
                `any key`: admitted with every role and with none; what it shows or does is then a matter of what the key sees.
                The roles count in the project or organisation of the path (where it names none, of what it names), the global
                ones everywhere.

                | operation | admitted |
                |---|---|
                """);
        for (RouteEntry route : routes) {
            page.append("| `")
                    .append(route)
                    .append("` | ")
                    .append(admitted(route))
                    .append(" |\n");
        }
        return page.toString();
    }

    /** The roles that a page admits to each operation; null for operations that no role is asked for. */
    static TreeMap<String, Set<Role>> read(String page) {
        TreeMap<String, Set<Role>> admitted = new TreeMap<>();
        for (String line : page.substring(page.indexOf(OPERATIONS)).split("\n")) {
            if (!line.startsWith("| `")) {
                continue;
            }
            String[] cells = line.split("\\|");
            String operation = cells[1].strip().replace("`", "");
            String text = cells[2].strip();
            Set<Role> roles = new TreeSet<>();
            for (String name : text.split(", ")) {
                Role.parse(name).ifPresent(roles::add);
            }
            boolean open = text.equals("anybody") || text.equals("agent key");
            admitted.put(operation, text.equals("any key") ? Set.of(Role.values()) : open ? null : roles);
        }
        return admitted;
    }

    private static String admitted(RouteEntry route) {
        return switch (route.need()) {
            case NOTHING -> "anybody";
            case AGENT -> "agent key";
            case KEY -> "any key";
            default -> {
                List<String> roles = new ArrayList<>();
                for (Role role : Role.values()) {
                    if (role.meets(route.need())) {
                        roles.add(role.name());
                    }
                }
                yield String.join(", ", roles);
            }
        };
    }

    private static String scope(Role role) {
        return switch (role.scope()) {
            case GROUP -> "a project";
            case ORG -> "an organisation";
            case GLOBAL -> "everything";
        };
    }
}
