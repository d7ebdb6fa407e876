package dev.holdfast.store.scrub;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Bytes that are not what was written.
 *
 * @param blob name of the file, relative to the store
 * @param offset bytes from its start to the damage (to the start of the smallest unit that has a checksum)
 * @param what what is wrong
 * @param parts the parts that refer to the file; empty if none does, or if it is an index, which is made again
 */
public record Damage(String blob, long offset, String what, Set<Part> parts) {
    /** A part of a project. */
    public record Part(GroupId project, PartId id) {
        @Override
        public String toString() {
            return "part " + id + " of project " + project;
        }
    }

    /** Copies the set. */
    public Damage {
        parts = Set.copyOf(parts);
    }

    /** The same, needed by these. */
    Damage neededBy(Set<Part> others) {
        return new Damage(blob, offset, what, others);
    }

    static Damage of(Corruption corruption, Set<Part> parts) {
        return new Damage(corruption.blob(), corruption.offset(), corruption.getMessage(), parts);
    }

    /** One line: file, offset, what, and who is concerned. */
    @Override
    public String toString() {
        Set<String> names = parts.stream().map(Part::toString).collect(Collectors.toCollection(TreeSet::new));
        return what + (names.isEmpty() ? "" : " (needed by " + String.join(", ", names) + ")");
    }
}
