package dev.holdfast.server.snapshot.imports;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.tar.BadTar;
import dev.holdfast.store.tar.DataNames;
import dev.holdfast.store.tar.TarEntry;
import dev.holdfast.store.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Everything that an archive has but the contents of its files, found sound. */
final class ArchiveContent {
    /** A data directory has some thousand files; each takes some hundred bytes of memory here. */
    static final int MOST_ENTRIES = 300_000;

    private static final long MOST_BYTES = 64L << 40;
    private static final int MOST_EXTRA = 64 << 10;
    private static final Set<String> EXTRAS = Set.of("restoreInfo.txt", "seedSecondary.sh");
    private static final byte[] NONE = {};

    private final DataNames names = new DataNames();
    private final Map<ByteBuffer, FileEntry> entries = new HashMap<>();
    private final List<ExtraFile> extras = new ArrayList<>();
    private long bytes;

    /**
     * Reads an archive to its end.
     *
     * @throws BadTar that names the entry which no archive of a data directory has
     */
    static ArchiveContent read(TarReader tar) throws IOException {
        ArchiveContent content = new ArchiveContent();
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            content.add(entry, tar);
        }
        if (content.entries.values().stream().noneMatch(entry -> entry.type() == FileEntry.Type.FILE)) {
            throw new BadTar("there is no file of a data directory in it");
        }
        content.addFolders();
        return content;
    }

    /** Name of the top folder. */
    String topFolder() {
        return new String(names.top(), StandardCharsets.UTF_8);
    }

    /** The files beside the captured ones. */
    List<ExtraFile> extras() {
        return extras;
    }

    /** The content of {@code restoreInfo.txt}, null when there is none. */
    byte[] restoreInfo() {
        return extras.stream()
                .filter(extra -> extra.name().equals("restoreInfo.txt"))
                .map(ExtraFile::content)
                .findFirst()
                .orElse(null);
    }

    /** All entries, the directory itself first, as a commit wants them: each directory before what is in it. */
    List<FileEntry> inOrder() {
        List<FileEntry> all = new ArrayList<>(entries.values());
        all.sort((a, b) -> compare(a.path(), b.path()));
        return all;
    }

    /** Whether an entry is one of the extras, which are no files of the data directory. */
    static boolean isExtra(TarEntry entry, byte[] path) {
        return entry.type() == TarEntry.Type.FILE && EXTRAS.contains(new String(path, StandardCharsets.UTF_8));
    }

    /** Bytes of all files. */
    long bytes() {
        return bytes;
    }

    private void add(TarEntry entry, TarReader tar) throws IOException {
        byte[] path = names.relative(entry);
        if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
            DataNames.requireInside(entry, path);
        }
        if (isExtra(entry, path)) {
            addExtra(entry, path, tar);
            return;
        }
        bytes += entry.size();
        if (entry.size() > MOST_BYTES || bytes > MOST_BYTES) {
            throw new BadTar(String.format(
                    Locale.ROOT, "%s would make it more than %,d bytes", entry.displayName(), MOST_BYTES));
        }
        if (entries.size() >= MOST_ENTRIES) {
            throw new BadTar("it has more than " + MOST_ENTRIES + " entries");
        }
        if (entries.put(ByteBuffer.wrap(path), entryOf(entry, path)) != null) {
            throw new BadTar("entry " + entry.displayName() + " comes twice");
        }
    }

    private void addExtra(TarEntry entry, byte[] path, TarReader tar) throws IOException {
        String name = new String(path, StandardCharsets.UTF_8);
        if (entry.size() > MOST_EXTRA) {
            throw new BadTar(name + " has " + entry.size() + " bytes, more than " + MOST_EXTRA);
        }
        if (extras.stream().anyMatch(extra -> extra.name().equals(name))) {
            throw new BadTar("entry " + entry.displayName() + " comes twice");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 << 10];
        for (int n = tar.read(buffer, 0, buffer.length); n >= 0; n = tar.read(buffer, 0, buffer.length)) {
            content.write(buffer, 0, n);
        }
        extras.add(new ExtraFile(name, entry.mode(), content.toByteArray()));
    }

    /** Directories that are only the names of what is in them; and no file may be a directory at the same time. */
    private void addFolders() throws BadTar {
        for (FileEntry entry : List.copyOf(entries.values())) {
            byte[] path = entry.path();
            for (int end = path.length - 1; end >= 0; end--) {
                if (end == 0 || path[end] == '/') {
                    byte[] parent = Arrays.copyOf(path, end);
                    FileEntry known = entries.get(ByteBuffer.wrap(parent));
                    if (known == null) {
                        entries.put(ByteBuffer.wrap(parent), folder(parent, entry));
                    } else if (known.type() != FileEntry.Type.DIRECTORY) {
                        throw new BadTar("entry " + entry.displayPath() + " lies below " + known.displayPath()
                                + ", which is no directory");
                    }
                }
            }
        }
    }

    private static FileEntry folder(byte[] path, FileEntry in) {
        return new FileEntry(
                FileEntry.Type.DIRECTORY,
                path,
                0700,
                in.uid(),
                in.gid(),
                in.user(),
                in.group(),
                in.mtimeSeconds(),
                0,
                0,
                NONE);
    }

    private static FileEntry entryOf(TarEntry entry, byte[] path) throws BadTar {
        try {
            return new FileEntry(
                    switch (entry.type()) {
                        case FILE -> FileEntry.Type.FILE;
                        case DIRECTORY -> FileEntry.Type.DIRECTORY;
                        case SYMBOLIC_LINK -> FileEntry.Type.SYMBOLIC_LINK;
                    },
                    path,
                    entry.mode(),
                    entry.uid(),
                    entry.gid(),
                    entry.user(),
                    entry.group(),
                    entry.mtimeSeconds(),
                    entry.mtimeNanos(),
                    entry.size(),
                    entry.linkTarget());
        } catch (IllegalArgumentException e) {
            throw new BadTar("entry " + entry.displayName() + ": " + e.getMessage());
        }
    }

    /** By bytes, a slash before every other: so what is in a directory follows it at once. */
    private static int compare(byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at < 0) {
            return 0;
        }
        if (at == a.length || at == b.length) {
            return Integer.compare(a.length, b.length);
        }
        return Integer.compare(rank(a[at]), rank(b[at]));
    }

    private static int rank(byte b) {
        return b == '/' ? 0 : (b & 0xff) + 1;
    }
}
