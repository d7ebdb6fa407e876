package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileEntry.Type;
import java.nio.charset.StandardCharsets;

/** A captured entry with its content. */
public record TestFile(FileEntry entry, byte[] content) {
    private static final byte[] NONE = {};

    public static TestFile top() {
        return new TestFile(entry(Type.DIRECTORY, NONE, 0755, 0, NONE), NONE);
    }

    public static TestFile file(String path, byte[] content) {
        return file(path.getBytes(StandardCharsets.UTF_8), content);
    }

    public static TestFile file(byte[] path, byte[] content) {
        return new TestFile(entry(Type.FILE, path, 0600, content.length, NONE), content);
    }

    public static TestFile directory(String path) {
        return new TestFile(entry(Type.DIRECTORY, path.getBytes(StandardCharsets.UTF_8), 0750, 0, NONE), NONE);
    }

    public static TestFile link(String path, String target) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return new TestFile(entry(Type.SYMBOLIC_LINK, bytes, 0777, 0, target.getBytes(StandardCharsets.UTF_8)), NONE);
    }

    static FileEntry entry(Type type, byte[] path, int mode, long size, byte[] target) {
        return new FileEntry(type, path, mode, 999, 998, "mongodb", "mongodb", 1_450_000_000L, 5, size, target);
    }
}
