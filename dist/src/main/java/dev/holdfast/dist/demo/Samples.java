package dev.holdfast.dist.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The sample data directories that come with Holdfast: small, real WiredTiger directories. */
final class Samples {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    /** Samples are unpacked below {@code folder}. */
    Samples(Path folder) {
        this.folder = folder.toAbsolutePath().normalize(); // names in archives are compared with it
    }

    /** The data directory of that name ({@code config-server}, {@code shard-0} …), unpacked when it is not there yet. */
    Path unpacked(String name) throws IOException {
        Path directory = folder.resolve(name);
        if (Files.notExists(directory)) {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempDirectory(folder, name + ".new");
            unpack(name, unfinished);
            Files.move(unfinished.resolve(name), directory);
            Files.delete(unfinished);
        }
        return directory;
    }

    private static void unpack(String name, Path target) throws IOException {
        String resource = "/dev/holdfast/dist/samples/" + name + ".tar.gz";
        try (InputStream file = Samples.class.getResourceAsStream(resource);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            List<TarArchiveEntry> folders = new ArrayList<>();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("sample " + name + " leads out of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    folders.add(entry);
                } else {
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, OWNER_ONLY);
                    Files.setLastModifiedTime(path, time(entry));
                }
            }
            for (TarArchiveEntry entry : folders) {
                Files.setLastModifiedTime(target.resolve(entry.getName()), time(entry));
            }
        }
    }

    private static FileTime time(TarArchiveEntry entry) {
        return entry.getLastModifiedTime();
    }
}
