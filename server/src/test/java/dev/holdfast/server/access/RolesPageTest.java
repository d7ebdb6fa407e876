package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.http.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/roles.md} is the table of {@link Role}, printed: so the page cannot say anything else than the code. */
final class RolesPageTest {
    private static final Need[] COLUMNS = {
        Need.READ,
        Need.BACKUP,
        Need.GLOBAL_BACKUP,
        Need.MONITOR,
        Need.ADMIN,
        Need.ORG_READ,
        Need.ORG_ADMIN,
        Need.GLOBAL_ADMIN
    };
    private static final Path PAGE = Path.of("..", "docs", "roles.md");
    private static final Path PRINTED = Path.of("target", "roles.md");

    @Test
    void page_isTheTableOfTheCode() throws IOException {
        String printed = print();
        Files.createDirectories(PRINTED.getParent());
        Files.writeString(PRINTED, printed);
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("copy server/target/roles.md to docs/roles.md")
                .isEqualTo(printed);
    }

    private static String print() {
        StringBuilder page = new StringBuilder("""
                # Roles

                What a key may do with each role. Printed from `server/access/Role.java` by a test; change that, not this.

                - **read**: every GET of a project.
                - **backup**: create restore jobs, delete snapshots, change the backup of a cluster.
                - **global backup**: take a snapshot of a cluster on demand.
                - **monitor**: add, change and remove hosts and clusters.
                - **own**: rename and delete the project; make, show, change and take away the keys of the project.
                - **org**: every GET of an organisation, its keys included.
                - **own org**: make projects in the organisation; make, change and delete its keys and their access lists.
                - **global**: the same for keys of the whole installation; make organisations.

                A key without any role may ask for the root document and is shown empty lists. A project in which a key has
                no role answers 401 `NOT_IN_GROUP`, as one that does not exist does; a role that is not enough answers
                401 `USER_UNAUTHORIZED`. An agent key is no role: it sends snapshots of its project, and does nothing else.
                A role in an organisation opens no project of it; grant the project role beside it. Whoever makes a project
                becomes its owner.

                A key of an organisation is a member of it and may read it without a role; one that is no member is
                answered 401 `USER_CANNOT_ACCESS_ORG`, whether the organisation exists or not. Each key may show and change
                its own access list. No key can grant a role that allows what its own roles do not; and the last key with
                ORG_OWNER in an organisation, or with GLOBAL_OWNER, can neither be deleted nor lose that role.

                | role | granted in | read | backup | global backup | monitor | own | org | own org | global |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (Role role : Role.values()) {
            page.append("| ").append(role).append(" | ").append(scope(role));
            for (Need need : COLUMNS) {
                page.append(" | ").append(role.meets(need) ? "yes" : "");
            }
            page.append(" |\n");
        }
        return page.toString();
    }

    private static String scope(Role role) {
        return switch (role.scope()) {
            case GROUP -> "a project";
            case ORG -> "an organisation";
            case GLOBAL -> "everything";
        };
    }
}
