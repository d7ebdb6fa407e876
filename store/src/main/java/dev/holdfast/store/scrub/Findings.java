package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects damages, and the parts that refer to damaged files. A damage that is met twice is kept once. */
final class Findings {
    private record Place(String blob, long offset) {}

    private final Map<Place, String> damages = new LinkedHashMap<>();
    private final Map<String, Set<Damage.Part>> parts = new LinkedHashMap<>();

    void add(Corruption corruption) {
        add(corruption.blob(), corruption.offset(), corruption.getMessage());
    }

    /** Adds a damage that a part came upon; if the file is known to be damaged, only the part is new. */
    void add(Corruption corruption, Damage.Part part) {
        if (!isDamaged(corruption.blob())) {
            add(corruption);
        }
        needs(part, corruption.blob());
    }

    boolean isDamaged(String blob) {
        return parts.containsKey(blob);
    }

    /** Notes that {@code part} refers to a damaged file. */
    void needs(Damage.Part part, String blob) {
        parts.computeIfAbsent(blob, name -> new HashSet<>()).add(part);
    }

    List<Damage> damages() {
        List<Damage> all = new ArrayList<>();
        damages.forEach((place, what) ->
                all.add(new Damage(place.blob, place.offset, what, parts.getOrDefault(place.blob, Set.of()))));
        return all;
    }

    private void add(String blob, long offset, String what) {
        if (damages.size() < Scrub.MOST_DAMAGES) {
            damages.putIfAbsent(new Place(blob, offset), what);
        }
        parts.computeIfAbsent(blob, name -> new HashSet<>());
    }
}
