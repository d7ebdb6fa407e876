package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobStore;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The files below {@code keys/} of a store. Reads them each time; nothing is held here. */
final class KeyFiles {
    private static final String KEYS = "keys/";

    private final BlobStore raw;
    private final Supplier<String> storeId;
    private final Numbered masters;

    KeyFiles(BlobStore raw, Supplier<String> storeId) {
        this.raw = raw;
        this.storeId = storeId;
        this.masters = new Numbered(raw, KEYS + "master/", ".master");
    }

    String storeId() {
        return storeId.get();
    }

    /** The record that counts, or null if there is none. */
    MasterRecord master() {
        Numbered.File file = masters.newest();
        return file == null ? null : MasterRecord.decode(file.name(), file.bytes(), storeId(), file.number());
    }

    /** The record that counts; the first one is made with the key that {@code wrapper} establishes. */
    MasterRecord masterOrFirst(KeyWrapper wrapper) {
        MasterRecord known = master();
        if (known == null) {
            known = putMaster(new MasterRecord(1, wrapper.establish(storeId())));
        }
        return known;
    }

    /** Writes a record; if another node was faster, its record is the answer. */
    MasterRecord putMaster(MasterRecord record) {
        try {
            masters.put(record.number(), record.encode(storeId()));
            return record;
        } catch (BlobExists e) {
            return master();
        }
    }

    void removeMastersBelow(int number) {
        masters.removeBelow(number);
    }

    /** The ring of a project that counts, or null if it has none. */
    Ring ring(GroupId project) {
        Numbered.File file = rings(project).newest();
        return file == null ? null : Ring.decode(file.name(), file.bytes(), storeId(), project, file.number());
    }

    String name(Ring ring) {
        return rings(ring.project()).name(ring.number());
    }

    /** Writes a ring, or throws {@link BlobExists} if its number is taken. */
    void put(Ring ring) {
        rings(ring.project()).put(ring.number(), ring.encode());
    }

    void removeBelow(Ring ring) {
        rings(ring.project()).removeBelow(ring.number());
    }

    /** Every project that has a ring. */
    SortedSet<GroupId> projects() {
        SortedSet<GroupId> projects = new TreeSet<>((a, b) -> a.hex().compareTo(b.hex()));
        for (String name : raw.list(KEYS)) {
            int slash = name.indexOf('/', KEYS.length());
            if (slash > 0) {
                GroupId.parse(name.substring(KEYS.length(), slash)).ifPresent(projects::add);
            }
        }
        return projects;
    }

    private Numbered rings(GroupId project) {
        return new Numbered(raw, KEYS + project.hex() + "/", ".keys");
    }
}
