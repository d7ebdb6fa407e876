package dev.holdfast.agent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Names of users and groups; each is asked for once, for the answer may come from a directory service. */
final class Owners {
    private static final int MAX_NAME = 255;

    private final Map<Long, String> users = new HashMap<>();
    private final Map<Long, String> groups = new HashMap<>();

    /** Name of the owner of {@code path}, which has that id; empty when the system knows none. */
    String user(Path path, long uid) throws IOException {
        return name(users, path, "unix:owner", uid);
    }

    /** Name of the group of {@code path}, which has that id; empty when the system knows none. */
    String group(Path path, long gid) throws IOException {
        return name(groups, path, "unix:group", gid);
    }

    private static String name(Map<Long, String> known, Path path, String attribute, long id) throws IOException {
        String name = known.get(id);
        if (name == null) {
            Object principal = Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
            name = principal.toString();
            // Java writes the number (in 32 bits with a sign) where there is no name
            boolean isNumber = name.equals(Long.toString(id)) || name.equals(Integer.toString((int) id));
            name = isNumber || name.length() > MAX_NAME ? "" : name;
            known.put(id, name);
        }
        return name;
    }
}
