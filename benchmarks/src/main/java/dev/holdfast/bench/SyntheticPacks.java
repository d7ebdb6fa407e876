package dev.holdfast.bench;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.nio.ByteBuffer;

/** Packs that are computed: the block number n lies in pack n / {@link #SLOTS}. Nothing of them is kept. */
final class SyntheticPacks implements Packs {
    /** Blocks of a pack of 32 MiB that deflate to a half. */
    static final int SLOTS = 1000;

    private long loaded;

    static PackId id(int pack) {
        return new PackId(String.format("%016x%016x", mixed(pack), pack));
    }

    static BlockId block(long n) {
        return BlockId.read(ByteBuffer.allocate(BlockId.LENGTH)
                .putLong(mixed(n))
                .putLong(mixed(~n))
                .putLong(mixed(n ^ 0x5555555555555555L))
                .putLong(n)
                .flip());
    }

    long loaded() {
        return loaded;
    }

    @Override
    public PackIndex index(GroupId project, PackId pack) {
        loaded++;
        long first = Long.parseLong(pack.hex().substring(16), 16) * SLOTS;
        return new PackIndex() {
            @Override
            public int size() {
                return SLOTS;
            }

            @Override
            public long offset(int slot) {
                return 60 + (long) slot * storedLength(slot);
            }

            @Override
            public int storedLength(int slot) {
                return 32 << 10;
            }

            @Override
            public int plainLength(int slot) {
                return 64 << 10;
            }

            @Override
            public int plainCrc32(int slot) {
                return 0;
            }

            @Override
            public int storedCrc32c(int slot) {
                return 0;
            }

            @Override
            public BlockId block(int slot) {
                return SyntheticPacks.block(first + slot);
            }
        };
    }

    @Override
    public BlobReader reader(GroupId project, PackId pack) {
        throw new UnsupportedOperationException("a computed pack has no bytes");
    }

    @Override
    public String name(GroupId project, PackId pack) {
        return pack.hex();
    }

    /** SplitMix64: as good as a hash here, and quicker to make than SHA-256. */
    private static long mixed(long n) {
        long z = n + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
