package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The keys of one project, from their first use on. One thread at a time asks the key server; the others wait for it. */
final class HeldRing {
    /** How long a failure counts, so that those who wait do not each wait for the same time-out. */
    private static final Duration FAILED = Duration.ofSeconds(1);

    private final GroupId project;
    private final KeyFiles files;
    private final KeyWrapper wrapper;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;
    private volatile ProjectKeys keys;
    private Instant looked;
    private String failure;
    private Instant failed;

    HeldRing(GroupId project, KeyFiles files, KeyWrapper wrapper, Duration lifetime, Clock clock, SecureRandom random) {
        this.project = project;
        this.files = files;
        this.wrapper = wrapper;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    /** Whether the keys are in memory. */
    boolean isHeld() {
        return keys != null;
    }

    /** What is in memory, else what the store has; null if the project has no ring. */
    ProjectKeys held() {
        return keys != null ? keys : look(Instant.MIN);
    }

    /** The same, but looked at again when the last look is older than the lifetime. */
    ProjectKeys fresh() {
        return look(clock.instant().minus(lifetime));
    }

    /** The same as {@link #held}; the ring is made if there is none and {@code isNew} says that nothing was sealed. */
    synchronized ProjectKeys orMade(boolean isNew) {
        ProjectKeys known = held();
        while (known == null) {
            if (!isNew) {
                throw new Corruption(
                        "keys/" + project, 0, "the project has files, but the ring with their keys is gone");
            }
            String master = files.masterOrFirst(wrapper).masterKey();
            ProjectKeys made = ProjectKeys.make(random);
            try {
                files.put(Ring.wrap(files.storeId(), project, 1, master, made, wrapper));
            } catch (BlobExists e) {
                // another node was faster: its keys are the project's
            }
            known = look(Instant.MIN);
        }
        return known;
    }

    /** Looks at the ring now. */
    synchronized ProjectKeys again() {
        looked = null;
        return look(Instant.MIN);
    }

    private synchronized ProjectKeys look(Instant notBefore) {
        Instant now = clock.instant();
        // a clock that was set back makes no look last for ever
        if (keys != null && looked != null && !looked.isBefore(notBefore) && !looked.isAfter(now)) {
            return keys;
        }
        if (failed != null && !now.isBefore(failed) && now.isBefore(failed.plus(FAILED))) {
            throw unavailable(null);
        }
        try {
            Ring ring = files.ring(project);
            ProjectKeys found = ring == null ? null : ring.unwrap(files.name(ring), wrapper);
            if (found != null) {
                keys = found;
                looked = now;
            }
            failed = null;
            return found;
        } catch (Unavailable e) {
            failure = e.getMessage();
            failed = clock.instant();
            throw unavailable(e);
        }
    }

    private Unavailable unavailable(Unavailable cause) {
        return new Unavailable(failure, cause, "The keys of the encrypted store are not available now");
    }
}
