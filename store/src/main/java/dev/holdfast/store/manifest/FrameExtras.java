package dev.holdfast.store.manifest;

import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The extra files of an archive, less those whose name was captured. */
final class FrameExtras {
    private static final int MAX_CONTENT = 64 << 10;
    private static final int MAX_COUNT = 64;
    private static final int MAX_NAME = 255;

    private final Map<ByteBuffer, ExtraFile> byName = new LinkedHashMap<>();

    FrameExtras(List<ExtraFile> extras) {
        for (ExtraFile extra : extras) {
            byte[] name = extra.name().getBytes(StandardCharsets.UTF_8);
            boolean isName = !extra.name().isEmpty()
                    && name.length <= MAX_NAME
                    && extra.name().indexOf('/') < 0
                    && extra.name().indexOf('\0') < 0
                    && !extra.name().equals(".")
                    && !extra.name().equals("..");
            require(isName, "not a file name for an extra: " + extra.name());
            require(extra.mode() >= 0 && extra.mode() <= 07777, "mode of extra " + extra.name());
            require(extra.content().length <= MAX_CONTENT, "extra " + extra.name() + " is larger than 64 KiB");
            require(byName.put(ByteBuffer.wrap(name), extra) == null, "two extras are called " + extra.name());
        }
        require(byName.size() <= MAX_COUNT, "more than " + MAX_COUNT + " extras");
    }

    /** An entry with this path was captured. */
    void captured(byte[] path) {
        var unused = byName.remove(ByteBuffer.wrap(path));
    }

    List<ExtraFile> kept() {
        return List.copyOf(byName.values());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
