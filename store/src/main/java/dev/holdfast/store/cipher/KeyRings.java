package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** The rings of all projects that were used. Safe for several threads. */
final class KeyRings {
    private final KeyFiles files;
    private final KeyWrapper wrapper;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;
    private final ConcurrentHashMap<GroupId, HeldRing> rings = new ConcurrentHashMap<>();

    KeyRings(KeyFiles files, KeyWrapper wrapper, Duration lifetime, Clock clock, SecureRandom random) {
        this.files = files;
        this.wrapper = wrapper;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    HeldRing of(GroupId project) {
        return rings.computeIfAbsent(project, id -> new HeldRing(id, files, wrapper, lifetime, clock, random));
    }

    /** The data key of a generation, from {@code keys} or from a newer ring; {@code name} is the file that needs it. */
    DataKey generation(GroupId project, ProjectKeys keys, int generation, String name) {
        DataKey key = keys.generation(generation);
        if (key == null) {
            ProjectKeys newer = of(project).again();
            key = newer == null ? null : newer.generation(generation);
        }
        if (key == null) {
            throw new Corruption(
                    name, SealedHeader.LENGTH - 8, "it is sealed with data key " + generation + ", which no ring has");
        }
        return key;
    }
}
