package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileEntry.Type;
import java.nio.charset.StandardCharsets;

/** An entry as a record: its tag, then its fields. */
final class EntryCodec {
    private static final byte[] NONE = {};

    private EntryCodec() {}

    static void write(RecordSink sink, FileEntry entry) {
        sink.u8(entry.type().tag())
                .bytes(entry.path())
                .varint(entry.mode())
                .varint(entry.uid())
                .varint(entry.gid())
                .bytes(entry.user().getBytes(StandardCharsets.UTF_8))
                .bytes(entry.group().getBytes(StandardCharsets.UTF_8))
                .zigzag(entry.mtimeSeconds())
                .varint(entry.mtimeNanos());
        switch (entry.type()) {
            case FILE -> sink.varint(entry.size());
            case SYMBOLIC_LINK -> sink.bytes(entry.linkTarget());
            case DIRECTORY -> {}
        }
    }

    /** Reads what follows the tag of {@code type}. */
    static FileEntry read(RecordSource source, Type type) {
        byte[] path = source.bytes();
        int mode = source.count(0);
        long uid = source.varint();
        long gid = source.varint();
        String user = new String(source.bytes(), StandardCharsets.UTF_8);
        String group = new String(source.bytes(), StandardCharsets.UTF_8);
        long seconds = source.zigzag();
        int nanos = source.count(0);
        long size = type == Type.FILE ? source.varint() : 0;
        byte[] target = type == Type.SYMBOLIC_LINK ? source.bytes() : NONE;
        try {
            return new FileEntry(type, path, mode, uid, gid, user, group, seconds, nanos, size, target);
        } catch (IllegalArgumentException e) {
            throw source.corruption(e.getMessage());
        }
    }
}
