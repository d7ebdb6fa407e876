package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.pack.Forward;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.packed.ProjectSweeping;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies segments into new packs in the order in which it is told of them, byte for byte: nothing is inflated, deciphered
 * or encoded again. Closing it gives up the pack that is not sealed. For one thread.
 */
final class PackCopy implements AutoCloseable {
    /** Adjacent segments are read at once, up to about so much. */
    private static final int READ = 1 << 20;

    private final ProjectSweeping sweeping;
    private final GroupId project;
    private final Map<PackId, Moved> moved = new HashMap<>();
    private final List<PackId> sealed = new ArrayList<>();
    private final Map<PackId, Corruption> damages = new HashMap<>();

    private PackWriter pack;
    private PackId source;
    private PackIndex index;
    private int first;
    private int count;
    private int bytes;
    private byte[] buffer = new byte[READ];
    private long copied;

    /** Where the slots of one pack went: ordinal of the new pack, or -1; and the slot there. */
    private record Moved(int[] pack, int[] slot) {
        static Moved none(int slots) {
            int[] nowhere = new int[slots];
            Arrays.fill(nowhere, -1);
            return new Moved(nowhere, new int[slots]);
        }
    }

    PackCopy(ProjectSweeping sweeping, GroupId project) {
        this.sweeping = sweeping;
        this.project = project;
    }

    /**
     * Copies a slot, unless it was before; some time before the next {@link #seal} ends. Of a pack that turns out to be
     * damaged nothing more is copied.
     */
    void copy(PackId from, int slot) {
        if (count > 0 && from.equals(source) && slot >= first && slot < first + count) {
            return; // it waits to be read
        }
        if (isCopied(from, slot) || damages.containsKey(from)) {
            return;
        }
        boolean adjacent = count > 0 && from.equals(source) && slot == first + count;
        if (!adjacent || bytes + index.storedLength(slot) > READ) {
            flush();
            index = sweeping.packs().index(project, from);
            source = from;
            first = slot;
        }
        count++;
        bytes += index.storedLength(slot);
    }

    /** Whether a slot is in a new pack, sealed or not. */
    boolean isCopied(PackId from, int slot) {
        Moved known = moved.get(from);
        return known != null && slot < known.pack().length && known.pack()[slot] >= 0;
    }

    /** Packs that were found damaged, and how. */
    Map<PackId, Corruption> damages() {
        return damages;
    }

    /** Seals the pack that is being filled: what comes next shall not lie beside what came before. */
    void seal() {
        flush();
        if (pack != null) {
            sealFull();
        }
    }

    private void sealFull() {
        PackWriter full = pack;
        pack = null;
        try (full) {
            PackIndex slots = full.seal();
            sealed.add(full.id());
            sweeping.sealed(full.id(), slots);
        }
    }

    /** Bytes of segments copied so far. */
    long copied() {
        return copied;
    }

    /** Packs that were made. */
    int packs() {
        return sealed.size();
    }

    /** The record for a pack of which at least one slot was copied; everything must be sealed. */
    Forward forward(PackId from) {
        Moved places = moved.get(from);
        PackIndex old = sweeping.packs().index(project, from);
        List<Forward.Run> runs = new ArrayList<>();
        int slot = 0;
        while (slot < places.pack().length) {
            int start = slot;
            int to = places.pack()[start];
            do {
                slot++;
            } while (to >= 0
                    && slot < places.pack().length
                    && places.pack()[slot] == to
                    && places.slot()[slot] == places.slot()[start] + slot - start);
            if (to >= 0) {
                runs.add(new Forward.Run(start, slot - start, old.offset(start), sealed.get(to), places.slot()[start]));
            }
        }
        return Forward.of(project, from, old.size(), runs);
    }

    private void flush() {
        if (count == 0) {
            return;
        }
        int slots = count;
        int length = bytes;
        count = 0;
        bytes = 0;
        if (buffer.length < length) {
            buffer = new byte[length]; // one segment that is larger than a read
        }
        int read =
                sweeping.packs().reader(project, source).read(index.offset(first), ByteBuffer.wrap(buffer, 0, length));
        int at = 0;
        for (int slot = first; slot < first + slots; slot++) {
            int size = index.storedLength(slot);
            if (read < at + size || Checksums.crc32c(buffer, at, size) != index.storedCrc32c(slot)) {
                String name = sweeping.packs().name(project, source);
                damages.put(
                        source, new Corruption(name, index.offset(slot), "the checksum of slot " + slot + " is wrong"));
                return;
            }
            append(slot, at, size);
            at += size;
        }
    }

    private void append(int slot, int at, int size) {
        if (pack == null) {
            pack = sweeping.beginPack();
        }
        Moved places = moved.computeIfAbsent(source, id -> Moved.none(index.size()));
        places.slot()[slot] = pack.slots();
        pack.append(index.block(slot), index.plainLength(slot), index.plainCrc32(slot), buffer, at, size);
        places.pack()[slot] = sealed.size();
        copied += size;
        if (pack.size() >= sweeping.packBytes() || pack.slots() >= sweeping.mostSlots()) {
            sealFull();
        }
    }

    @Override
    public void close() {
        if (pack != null) {
            pack.close();
            pack = null;
        }
    }
}
