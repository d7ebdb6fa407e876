package dev.holdfast.unpack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Unpacks one archive into a directory of its own making. For one thread, once. */
public final class Unpacking {
    private static final int BUFFER = 1 << 20;
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final byte[] top;
    private final UnpackRules rules;
    private final Ownership ownership;
    private final LongConsumer progress;
    private final Set<Path> made = new HashSet<>();
    private final List<Made> directories = new ArrayList<>();
    private final List<Made> links = new ArrayList<>();
    private long written;

    private record Made(Path place, TarEntry entry) {}

    private Unpacking(Path root, byte[] top, UnpackRules rules, Ownership ownership, LongConsumer progress) {
        this.root = root;
        this.top = top;
        this.rules = rules;
        this.ownership = ownership;
        this.progress = progress;
    }

    /**
     * Unpacks an archive. When it returns, everything is on disk.
     *
     * @param archive a {@code .tar.gz}
     * @param top name of its one top folder
     * @param directory does not exist; becomes what the top folder is
     * @param progress hears how many bytes of files were written
     * @throws BadArchive if something in it must not be written
     * @throws IOException if it cannot be read (also for a damaged one) or the directory not written
     */
    public static void unpack(Path archive, String top, Path directory, LongConsumer progress)
            throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), BUFFER)) {
            unpack(in, top, directory, UnpackRules.OWN, progress);
        }
    }

    /**
     * The same of bytes that may still be on their way.
     *
     * @param gzip the whole {@code .tar.gz}; read to its end
     */
    public static void unpack(InputStream gzip, String top, Path directory, UnpackRules rules, LongConsumer progress)
            throws IOException, InterruptedException {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OURS));
        Ownership ownership = rules.ownership() != null ? rules.ownership() : Ownership.asTar(directory);
        Unpacking unpacking =
                new Unpacking(directory, top.getBytes(StandardCharsets.UTF_8), rules, ownership, progress);
        unpacking.entries(new TarReader(new GZIPInputStream(gzip, BUFFER), rules.foreign()));
        unpacking.finish();
    }

    private void entries(TarReader tar) throws IOException, InterruptedException {
        boolean first = true;
        byte[] buffer = new byte[BUFFER];
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            byte[] relative = relative(entry);
            if (first != (relative.length == 0) && !rules.foreign()) {
                throw new BadArchive("the archive does not have its top folder first, and once");
            }
            made.add(root);
            first = false;
            if (relative.length == 0) {
                if (entry.type() != TarEntry.Type.DIRECTORY) {
                    throw new BadArchive("the archive's top folder is none");
                }
                directories.add(new Made(root, entry));
            } else {
                write(entry, place(relative), tar, buffer);
            }
        }
        if (first) {
            throw new BadArchive("the archive is empty");
        }
    }

    private void write(TarEntry entry, Path place, TarReader tar, byte[] buffer)
            throws IOException, InterruptedException {
        switch (entry.type()) {
            case DIRECTORY -> {
                makeDirectory(place);
                directories.add(new Made(place, entry));
            }
            case SYMBOLIC_LINK -> {
                requireAllowed(place, entry);
                links.add(new Made(place, entry));
            }
            case FILE -> {
                try (FileChannel out = FileChannel.open(
                        place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                    for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                        if (Thread.interrupted()) {
                            throw new InterruptedException("the unpacking was interrupted");
                        }
                        for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
                            out.write(bytes);
                        }
                        written += count;
                        progress.accept(written);
                    }
                    own(place, entry);
                    Files.setPosixFilePermissions(place, permissions(entry.mode()));
                    Files.setLastModifiedTime(place, FileTime.from(entry.mtimeSeconds(), TimeUnit.SECONDS));
                    out.force(true);
                }
            }
        }
    }

    /** A folder may come after what is in it, in archives of others. */
    private void makeDirectory(Path place) throws IOException {
        if (!rules.foreign() || !made.contains(place)) {
            Files.createDirectory(place, PosixFilePermissions.asFileAttribute(OURS));
            made.add(place);
        }
    }

    private void requireAllowed(Path place, TarEntry entry) {
        if (!rules.linksMayLeadOut()
                && !place.getParent()
                        .resolve(target(entry.target()))
                        .normalize()
                        .startsWith(root)) {
            throw new BadArchive("the archive has a link that leads out of it: " + TarReader.shown(entry.path()));
        }
    }

    /** Links, which nothing can be written through any more; then directories, the innermost first. */
    private void finish() throws IOException {
        for (Made link : links) {
            Files.createSymbolicLink(link.place, target(link.entry.target()));
        }
        List<Made> outward = new ArrayList<>(directories);
        // archives of others may name a folder after what is in it
        outward.sort(
                Comparator.comparing((Made one) -> one.place.getNameCount()).reversed());
        for (Path directory : made) {
            sync(directory); // before it may be closed to us
        }
        for (Made directory : outward) {
            own(directory.place, directory.entry);
            Files.setPosixFilePermissions(directory.place, permissions(directory.entry.mode()));
            Files.setLastModifiedTime(directory.place, FileTime.from(directory.entry.mtimeSeconds(), TimeUnit.SECONDS));
        }
    }

    /** The target as it was, dots and all: it is for whoever follows the link later. */
    private static Path target(byte[] bytes) {
        if (bytes.length == 0) {
            throw new BadArchive("the archive has a symbolic link to nothing");
        }
        boolean absolute = bytes[0] == '/';
        Path path = RawNames.resolve(Path.of("/"), absolute ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
        return absolute ? path : path.subpath(0, path.getNameCount());
    }

    private void own(Path place, TarEntry entry) throws IOException {
        ownership.give(place, entry.uid(), entry.gid());
    }

    /** The name below the top folder. */
    private byte[] relative(TarEntry entry) {
        byte[] path = entry.path();
        boolean inTop = path.length >= top.length
                && Arrays.equals(path, 0, top.length, top, 0, top.length)
                && (path.length == top.length || path[top.length] == '/');
        if (!inTop) {
            throw new BadArchive("the archive has an entry outside of its top folder: " + TarReader.shown(path));
        }
        return path.length == top.length ? new byte[0] : Arrays.copyOfRange(path, top.length + 1, path.length);
    }

    /** A place in a directory that this unpacking made. */
    private Path place(byte[] relative) throws IOException {
        int begin = 0;
        for (int i = 0; i <= relative.length; i++) {
            if (i == relative.length || relative[i] == '/') {
                boolean dots = i - begin <= 2 && allDots(relative, begin, i);
                if (i == begin || dots) {
                    throw new BadArchive(
                            "the archive has an entry with an impossible name: " + TarReader.shown(relative));
                }
                begin = i + 1;
            } else if (relative[i] == 0) {
                throw new BadArchive("the archive has a name with a zero byte: " + TarReader.shown(relative));
            }
        }
        Path place = RawNames.resolve(root, relative);
        if (rules.foreign()) {
            makeParents(place.getParent());
        } else if (!made.contains(place.getParent())) {
            throw new BadArchive(
                    "the archive has an entry whose directory is not there before it: " + TarReader.shown(relative));
        }
        return place;
    }

    private void makeParents(Path directory) throws IOException {
        if (!made.contains(directory)) {
            makeParents(directory.getParent());
            makeDirectory(directory);
        }
    }

    private static boolean allDots(byte[] name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (name[i] != '.') {
                return false;
            }
        }
        return true;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            // OWNER_READ is the highest of nine bits, OTHERS_EXECUTE the lowest; set-user-id and the like are left out
            if ((mode & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    /** Makes names in a directory last through a power cut. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
