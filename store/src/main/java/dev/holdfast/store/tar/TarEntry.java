package dev.holdfast.store.tar;

import java.nio.charset.StandardCharsets;

/**
 * One entry of a tar, as it is written there; nothing about its name has been checked.
 *
 * @param type what it is
 * @param name its name, without a final slash
 * @param mode permission bits, 0 to 07777
 * @param uid numeric owner
 * @param gid numeric group
 * @param user owner's name, empty when unknown
 * @param group group's name, empty when unknown
 * @param mtimeSeconds last change, seconds since the epoch
 * @param mtimeNanos nanoseconds within that second
 * @param size bytes that follow, 0 for anything but a file
 * @param linkTarget target of a symbolic link, empty for anything else
 */
public record TarEntry(
        Type type,
        byte[] name,
        int mode,
        long uid,
        long gid,
        String user,
        String group,
        long mtimeSeconds,
        int mtimeNanos,
        long size,
        byte[] linkTarget) {
    /** What an entry may be; everything else is refused. */
    public enum Type {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        SYMBOLIC_LINK
    }

    /** The name for a message. */
    public String displayName() {
        return display(name);
    }

    static String display(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
