package dev.holdfast.dist.doctor;

import dev.holdfast.server.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The disk of the data directory, and of the store if that is linked to from there. */
final class DiskCheck implements Check {
    private static final String ABOUT = "disk";
    private static final double SCARCE = 0.1;

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        DataDirectory data = patient.directory();
        if (!data.exists()) {
            return List.of(Finding.fail(
                    ABOUT,
                    data.root() + " is no data directory",
                    "name the right one with --data, or make it: holdfast init --data " + data.root() + "."));
        }
        List<Finding> found = new ArrayList<>();
        boolean writable = probe(data.root(), found);
        permissions(data.root(), found);
        long minFree = patient.settings().service().minFree();
        space(data.root(), minFree, found);
        if (patient.settings().s3() == null
                && Files.exists(data.store())
                && !Files.getFileStore(data.store()).equals(Files.getFileStore(data.root()))) {
            probe(data.store(), found);
            space(data.store(), minFree, found);
        }
        if (writable && found.stream().allMatch(one -> one.level() == Level.OK)) {
            found.add(Finding.ok(ABOUT, data.root() + " can be written, and what is forced to the disk gets there"));
        }
        return found;
    }

    /** Asked by writing: a file system that went read-only after an error still says that one may write. */
    private static boolean probe(Path folder, List<Finding> found) {
        Path file = folder.resolve(".doctor-" + ProcessHandle.current().pid() + ".probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.force(true);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
            return true;
        } catch (IOException e) {
            found.add(Finding.fail(
                    ABOUT,
                    folder + " cannot be written: " + e.getMessage(),
                    "run this as the user that serves it. Is the disk full, or did the file system become read-only"
                            + " (dmesg)?"));
            return false;
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                found.add(Finding.warn(ABOUT, file + " could not be removed: " + e.getMessage(), "remove it."));
            }
        }
    }

    private static void permissions(Path root, List<Finding> found) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_READ)) {
            found.add(Finding.warn(ABOUT, "others may read or write " + root, "chmod 700 " + root + "."));
        }
    }

    private static void space(Path folder, long minFree, List<Finding> found) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        long total = disk.getTotalSpace();
        String words = String.format(
                Locale.ROOT, "%s has %.1f GB free of %.1f GB (%s)", folder, free / 1e9, total / 1e9, disk.type());
        String mend = "make room: delete snapshots that are not needed and run holdfast sweep, or take a larger disk.";
        if (free < minFree) {
            found.add(Finding.fail(
                    ABOUT, words + ", less than readiness.min-free asks for, " + minFree + " bytes", mend));
        } else if (free < total * SCARCE) {
            found.add(Finding.warn(ABOUT, words, mend));
        } else {
            found.add(Finding.ok(ABOUT, words));
        }
        switch (disk.type()) {
            case "tmpfs", "ramfs" ->
                found.add(Finding.warn(
                        ABOUT,
                        folder + " is in memory (" + disk.type() + "): a restart of the machine loses everything",
                        "put the data directory on a disk."));
            case "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "fuse.sshfs", "fuse.s3fs", "fuseblk" ->
                found.add(Finding.warn(
                        ABOUT,
                        folder + " is on " + disk.type() + ", where locks and forced writes cannot be relied on",
                        "keep rows in PostgreSQL (database.url) and the store in a bucket (store.s3), or use a local"
                                + " disk."));
            default -> {}
        }
    }
}
