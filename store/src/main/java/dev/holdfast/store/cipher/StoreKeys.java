package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The keys of an encrypted store: shows them, and changes the key that wraps them. Safe beside running servers. */
public final class StoreKeys {
    private static final int TRIES = 20;

    private final KeyFiles files;
    private final KeyRings rings;
    private final WatchedKeys wrapper;
    private final SecureRandom random;

    StoreKeys(KeyFiles files, KeyRings rings, WatchedKeys wrapper, SecureRandom random) {
        this.files = files;
        this.rings = rings;
        this.wrapper = wrapper;
        this.random = random;
    }

    /** What the store's files tell. */
    public KeyStatus status() {
        MasterRecord master = files.master();
        List<KeyStatus.ProjectRing> found = new ArrayList<>();
        for (GroupId project : files.projects()) {
            Ring ring = files.ring(project);
            if (ring != null) {
                boolean held = rings.of(project).isHeld();
                found.add(
                        new KeyStatus.ProjectRing(project, ring.number(), ring.generations(), ring.masterKey(), held));
            }
        }
        return new KeyStatus(
                wrapper.kind(), wrapper.place(), wrapper.health(), master == null ? null : master.masterKey(), found);
    }

    /** How the keeper of master keys was met last; asks nobody. */
    public KeyHealth health() {
        return wrapper.health();
    }

    /** Whether master keys are elsewhere and may come back by themselves. */
    public boolean areRemote() {
        return wrapper.isRemote();
    }

    /**
     * Wraps and unwraps something with the store's master key, which is made now if the store has none. Answers its id.
     *
     * @throws Unavailable if that cannot be done at this time; the message says why
     */
    public String probe() {
        String master = files.masterOrFirst(wrapper).masterKey();
        byte[] bound = "probe".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try {
            wrapper.unwrap(master, wrapper.wrap(master, new byte[KeyWrap.KEY], bound), bound);
        } catch (KeyWrapper.NotThatKey e) {
            throw new Unavailable(
                    "master key " + master + " does not unwrap what it has wrapped" + "\nHINT: look at "
                            + wrapper.place() + ".",
                    e);
        }
        return master;
    }

    /**
     * Wraps every ring with a new master key; no file is encrypted anew, and every file stays readable throughout. When
     * an earlier rotation was cut short, it is finished and no new master key is made.
     *
     * @param newDataKeys whether each ring also gets one more data key, which seals what is written from then on
     */
    public Rotation rotate(boolean newDataKeys) {
        MasterRecord before = files.masterOrFirst(wrapper);
        boolean unfinished = status().isMixed();
        if (!unfinished) {
            int number = before.number() + 1;
            files.putMaster(new MasterRecord(number, wrapper.renew(files.storeId(), before.masterKey(), number)));
        }
        int count = 0;
        for (GroupId project : files.projects()) {
            count += rewrap(project, newDataKeys) ? 1 : 0;
        }
        MasterRecord now = files.master();
        files.removeMastersBelow(now.number());
        return new Rotation(before.masterKey(), now.masterKey(), unfinished, count);
    }

    private boolean rewrap(GroupId project, boolean newDataKey) {
        for (int tries = 0; tries < TRIES; tries++) {
            // looked up each time: another node may have rotated further meanwhile
            String master = files.master().masterKey();
            Ring ring = files.ring(project);
            if (ring == null) {
                return false;
            }
            ProjectKeys keys = ring.unwrap(files.name(ring), wrapper);
            if (ring.masterKey().equals(master) && !newDataKey) {
                files.removeBelow(ring);
                return false;
            }
            ProjectKeys wanted = newDataKey ? keys.renewed(random) : keys;
            Ring next = Ring.wrap(files.storeId(), project, ring.number() + 1, master, wanted, wrapper);
            try {
                files.put(next);
            } catch (BlobExists e) {
                continue;
            }
            requireReadable(project, next, wanted);
            files.removeBelow(next);
            if (rings.of(project).isHeld()) {
                rings.of(project).again();
            }
            return true;
        }
        throw new Unavailable("the keys of project " + project + " are being changed by another process"
                + "\nHINT: let one rotation end, then run holdfast store-keys rotate again.");
    }

    /** Before the old ring goes: what was written must be there, and must unwrap to the same keys. */
    private void requireReadable(GroupId project, Ring written, ProjectKeys keys) {
        Ring read = files.ring(project);
        if (read != null && read.number() > written.number()) {
            return; // another node went on from it, so it could read it
        }
        String name = files.name(written);
        if (read == null || !Arrays.equals(read.unwrap(name, wrapper).bytes(), keys.bytes())) {
            throw new Corruption(name, 0, "it was just written and has other keys; the ring before it was kept");
        }
    }
}
