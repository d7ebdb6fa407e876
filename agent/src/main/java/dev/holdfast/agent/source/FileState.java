package dev.holdfast.agent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** What {@code lstat} says of a file at one moment; two equal states mean that nothing touched it in between. */
record FileState(
        Kind kind, int mode, long uid, long gid, long size, FileTime mtime, FileTime ctime, long device, long inode) {

    /** What a file is. */
    enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        FIFO,
        SOCKET,
        DEVICE
    }

    // sys/stat.h: the kind is in the bits above the permissions
    private static final int KIND_MASK = 0170000;
    private static final int PERMISSION_MASK = 07777;

    static FileState of(Path path) throws IOException {
        Map<String, Object> a = Files.readAttributes(
                path, "unix:mode,uid,gid,size,lastModifiedTime,ctime,dev,ino", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) a.get("mode");
        return new FileState(
                kind(mode),
                mode & PERMISSION_MASK,
                Integer.toUnsignedLong((Integer) a.get("uid")),
                Integer.toUnsignedLong((Integer) a.get("gid")),
                (Long) a.get("size"),
                (FileTime) a.get("lastModifiedTime"),
                (FileTime) a.get("ctime"),
                (Long) a.get("dev"),
                (Long) a.get("ino"));
    }

    private static Kind kind(int mode) {
        return switch (mode & KIND_MASK) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.SYMBOLIC_LINK;
            case 0010000 -> Kind.FIFO;
            case 0140000 -> Kind.SOCKET;
            default -> Kind.DEVICE;
        };
    }

    FileIdentity identity() {
        return new FileIdentity(
                device,
                inode,
                size,
                mtime.toInstant().getEpochSecond(),
                mtime.toInstant().getNano(),
                ctime.toInstant().getEpochSecond(),
                ctime.toInstant().getNano());
    }

    /** A number that differs if the state does (but for one chance in 2^64), made with {@code seed}. */
    long fingerprint(long seed) {
        long f = mix(seed, kind.ordinal());
        f = mix(f, mode);
        f = mix(f, uid << 32 | gid);
        f = mix(f, device);
        f = mix(f, inode);
        if (kind == Kind.DIRECTORY) {
            // its times move when an entry comes and goes; what matters of that shows in its entries
            return f;
        }
        f = mix(f, size);
        f = mix(f, time(mtime));
        return mix(f, time(ctime));
    }

    /** Stirs {@code value} into {@code state} (the finisher of MurmurHash3). */
    static long mix(long state, long value) {
        long x = state * 31 + value;
        x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
        return x ^ x >>> 33;
    }

    private static long time(FileTime time) {
        return time.toInstant().getEpochSecond() * 1_000_000_007L
                + time.toInstant().getNano();
    }
}
