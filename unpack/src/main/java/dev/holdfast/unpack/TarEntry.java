package dev.holdfast.unpack;

/**
 * What a tar header says.
 *
 * @param path bytes of the whole name, without a slash at the end
 * @param size bytes that follow; 0 unless a file
 * @param target of a symbolic link, else null
 */
record TarEntry(Type type, byte[] path, int mode, long uid, long gid, long size, long mtimeSeconds, byte[] target) {
    enum Type {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK
    }
}
