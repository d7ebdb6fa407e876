package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileEntry.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random trees, with the sizes and lengths where formats break. */
final class Trees {
    private static final int[] SIZES = {0, 1, 511, 512, 513, 4095, 4096, 4097, 8192, 12_287, 12_288, 20_000};
    private static final int[] LENGTHS = {1, 2, 12, 40, 98, 99, 100, 101, 110, 154, 155, 156, 250, 255, 256, 700};
    private static final int[] TOPS = {1, 30, 99, 100, 101, 120, 154, 155, 156, 255};

    private Trees() {}

    static Arbitrary<String> topFolders() {
        return Arbitraries.of(Arrays.stream(TOPS).mapToObj("t"::repeat).toList());
    }

    /** Trees whose names are any bytes, or UTF-8 only. */
    static Arbitrary<List<TestFile>> trees(boolean anyBytes) {
        return Arbitraries.randomValue(random -> tree(random, anyBytes));
    }

    private static List<TestFile> tree(Random random, boolean anyBytes) {
        Map<ByteBuffer, TestFile> files = new LinkedHashMap<>();
        byte[][] blocks = new byte[6][TestStore.BLOCK];
        for (int i = 1; i < blocks.length; i++) {
            random.nextBytes(blocks[i]);
            Arrays.fill(blocks[i], random.nextInt(TestStore.BLOCK), TestStore.BLOCK, (byte) i);
        }
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            TestFile file = file(random, anyBytes, blocks);
            files.putIfAbsent(ByteBuffer.wrap(file.entry().path()), file);
        }
        List<TestFile> tree = new ArrayList<>(List.of(TestFile.top()));
        tree.addAll(files.values());
        return tree;
    }

    private static TestFile file(Random random, boolean anyBytes, byte[][] blocks) {
        Type type = Type.values()[Math.max(0, random.nextInt(6) - 3)];
        byte[] path = name(random, anyBytes, true);
        byte[] target = type == Type.SYMBOLIC_LINK ? name(random, anyBytes, false) : new byte[0];
        byte[] content = type == Type.FILE ? content(random, blocks) : new byte[0];
        boolean odd = random.nextInt(4) == 0;
        FileEntry entry = new FileEntry(
                type,
                path,
                random.nextInt(010000),
                odd ? 0xffff_fffeL : random.nextInt(70_000),
                odd ? 07777777 + random.nextInt(2) : 0,
                odd ? "u".repeat(30 + random.nextInt(3)) : "mongod",
                odd ? "é".repeat(20) : "",
                odd
                        ? (random.nextBoolean() ? -1 - random.nextInt(1000) : 077777777777L + random.nextInt(2))
                        : 1_450_000_000,
                random.nextInt(1_000_000_000),
                content.length,
                target);
        return new TestFile(entry, content);
    }

    private static byte[] content(Random random, byte[][] blocks) {
        byte[] content = new byte[SIZES[random.nextInt(SIZES.length)]];
        for (int at = 0; at < content.length; at += TestStore.BLOCK) {
            byte[] block = blocks[random.nextInt(blocks.length)];
            System.arraycopy(block, 0, content, at, Math.min(block.length, content.length - at));
        }
        return content;
    }

    /** Parts of a path never are empty, {@code .} or {@code ..}. */
    private static byte[] name(Random random, boolean anyBytes, boolean path) {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        if (!anyBytes) {
            String letters = random.nextBoolean() ? "é" : "x";
            String name = letters.repeat(Math.max(1, length / letters.getBytes(StandardCharsets.UTF_8).length - 1))
                    + random.nextInt(10);
            return slashes(random, name.getBytes(StandardCharsets.UTF_8), path);
        }
        byte[] name = new byte[length];
        for (int i = 0; i < length; i++) {
            int b = random.nextInt(256);
            name[i] = (byte) (b == 0 || b == '/' || b == '.' ? 'n' : b);
        }
        return slashes(random, name, path);
    }

    private static byte[] slashes(Random random, byte[] name, boolean path) {
        for (int i = 1; path && i + 1 < name.length; i++) {
            boolean letters = name[i] > 0 && name[i - 1] != '/';
            if (letters && random.nextInt(60) == 0) {
                name[i] = '/';
            }
        }
        return name;
    }
}
