package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import java.util.List;

/**
 * The keys of a store as its files tell, without asking for a master key.
 *
 * @param kind of master keys: {@code keyfile} or {@code kmip}
 * @param place where they come from
 * @param health how that was met last by this process
 * @param masterKey id of the one that new rings are wrapped with; null before the first use
 * @param projects the rings, by project
 */
public record KeyStatus(String kind, String place, KeyHealth health, String masterKey, List<ProjectRing> projects) {
    /** Copies the list. */
    public KeyStatus {
        projects = List.copyOf(projects);
    }

    /**
     * A project's ring.
     *
     * @param number goes up by one with each rotation
     * @param dataKeys generations of data keys in it; the last one seals new files
     * @param masterKey id of the key that wraps it; another than the store's when a rotation was cut short
     * @param inMemory whether this process has the data keys, so that restores of the project need no key server now
     */
    public record ProjectRing(GroupId project, int number, int dataKeys, String masterKey, boolean inMemory) {}

    /** Whether a rotation was cut short, so that the next one will finish it. */
    public boolean isMixed() {
        return projects.stream().anyMatch(ring -> !ring.masterKey().equals(masterKey));
    }
}
