package dev.holdfast.contract.agentapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One file, directory or symbolic link of a captured data directory.
 *
 * @param type what it is
 * @param path name relative to the data directory, parts joined by {@code /}, no leading slash, no empty, {@code .} or
 *     {@code ..} part; any bytes but NUL. The data directory itself is the directory with the empty path
 * @param mode permission bits, 0 to 07777
 * @param uid numeric owner, 0 to 2^32-1
 * @param gid numeric group, 0 to 2^32-1
 * @param user owner's name, empty when unknown
 * @param group group's name, empty when unknown
 * @param mtimeSeconds last change, seconds since the epoch
 * @param mtimeNanos nanoseconds within that second
 * @param size bytes of a file, 0 for anything else
 * @param linkTarget target of a symbolic link as it was read, empty for anything else
 */
public record FileEntry(
        Type type,
        byte[] path,
        int mode,
        long uid,
        long gid,
        String user,
        String group,
        long mtimeSeconds,
        int mtimeNanos,
        long size,
        byte[] linkTarget) {

    /** What an entry is; the byte is its tag in a file list. */
    public enum Type {
        /** A regular file, followed by the ids of its blocks. */
        FILE('F'),
        /** A directory. */
        DIRECTORY('D'),
        /** A symbolic link. */
        SYMBOLIC_LINK('L');

        private final char tag;

        Type(char tag) {
            this.tag = tag;
        }

        /** The byte that stands for this type in a file list and in a manifest. */
        public byte tag() {
            return (byte) tag;
        }

        /** The type with that tag, or null. */
        public static Type ofTag(int tag) {
            for (Type type : values()) {
                if (type.tag == tag) {
                    return type;
                }
            }
            return null;
        }
    }

    /** Longest path and longest link target in bytes (Linux PATH_MAX). */
    public static final int MAX_PATH = 4096;

    /** Checks every field; an {@link IllegalArgumentException} says which one is wrong. */
    public FileEntry {
        requirePath(path);
        require(type == Type.DIRECTORY || path.length > 0, "path of a file or link is empty");
        require(mode >= 0 && mode <= 07777, "mode " + mode);
        require(uid >= 0 && uid <= 0xffff_ffffL, "uid " + uid);
        require(gid >= 0 && gid <= 0xffff_ffffL, "gid " + gid);
        require(mtimeNanos >= 0 && mtimeNanos < 1_000_000_000, "nanoseconds " + mtimeNanos);
        require(size >= 0 && (type == Type.FILE || size == 0), "size " + size);
        boolean isLink = type == Type.SYMBOLIC_LINK;
        require(isLink == linkTarget.length > 0 && linkTarget.length <= MAX_PATH, "link target");
        require(user.length() <= 255 && group.length() <= 255, "owner's or group's name is too long");
    }

    /** Blocks of {@code blockSize} bytes that a file of this size has; the last one may be short. */
    public long blocks(int blockSize) {
        // not (size + blockSize - 1) / blockSize: a forged size near 2^63 would come out as fewer blocks than none
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    /** The path for a message; bytes that are not UTF-8 show as replacement characters. */
    public String displayPath() {
        return path.length == 0 ? "." : new String(path, StandardCharsets.UTF_8);
    }

    private static void requirePath(byte[] path) {
        require(path.length <= MAX_PATH, "path is longer than " + MAX_PATH + " bytes");
        int start = 0;
        for (int i = 0; i <= path.length && path.length > 0; i++) {
            if (i == path.length || path[i] == '/') {
                int length = i - start;
                boolean dots = length == 1 && path[start] == '.'
                        || length == 2 && path[start] == '.' && path[start + 1] == '.';
                require(length > 0 && !dots, "path has an empty, . or .. part");
                start = i + 1;
            } else {
                require(path[i] != 0, "path has a NUL byte");
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("bad file entry: " + what);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileEntry e
                && type == e.type
                && Arrays.equals(path, e.path)
                && mode == e.mode
                && uid == e.uid
                && gid == e.gid
                && user.equals(e.user)
                && group.equals(e.group)
                && mtimeSeconds == e.mtimeSeconds
                && mtimeNanos == e.mtimeNanos
                && size == e.size
                && Arrays.equals(linkTarget, e.linkTarget);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(path);
    }

    @Override
    public String toString() {
        return type + " " + displayPath() + " (" + size + " bytes)";
    }
}
