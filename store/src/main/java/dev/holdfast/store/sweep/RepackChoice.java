package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.Packs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the packs that a copy pays for. Reads their indices and the manifests of the newest parts, and no segment. */
final class RepackChoice {
    /** What is left out changes what the rest would win; a few rounds come close enough. */
    private static final int ROUNDS = 4;

    private final RepackRule rule;
    private final GroupId project;
    private final LiveReferences live;
    private final Heads heads;

    /** Bytes of all segments and of those that are needed. */
    private record Weight(long bytes, long copied) {}

    RepackChoice(RepackRule rule, GroupId project, LiveReferences live, Heads heads) {
        this.rule = rule;
        this.project = project;
        this.live = live;
        this.heads = heads;
    }

    /**
     * The packs among {@code eligible} that pay, those that pay most first, as far as the rule lets them be copied in
     * one sweep.
     */
    List<Repacked> among(Packs packs, Collection<PackId> eligible) {
        if (eligible.isEmpty()) {
            return List.of();
        }
        Map<PackId, Weight> weights = new HashMap<>();
        for (PackId pack : eligible) {
            try {
                weights.put(pack, weight(packs.index(project, pack), live.slots(pack)));
            } catch (Corruption e) {
                // a damaged pack is verify's to tell and repair's to heal; a copy would only spread it
            }
        }
        List<PartId> newest = heads.among(live.roots());
        Set<PackId> chosen = new HashSet<>(weights.keySet());
        List<Repacked> list = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            list = paying(weights, chosen, heads.jumps(newest, chosen, rule));
            Set<PackId> kept = new LinkedHashSet<>();
            list.forEach(
                    pack -> kept.add(PackNames.parse(pack.blob()).orElseThrow().pack()));
            if (kept.equals(chosen)) {
                break;
            }
            chosen = kept;
        }
        return list;
    }

    private List<Repacked> paying(Map<PackId, Weight> weights, Set<PackId> of, Map<PackId, Integer> jumps) {
        List<Repacked> all = new ArrayList<>();
        for (PackId pack : of) {
            Weight weight = weights.get(pack);
            int count = Math.max(0, jumps.getOrDefault(pack, 0));
            Repacked repacked = new Repacked(PackNames.name(project, pack), weight.bytes(), weight.copied(), count);
            if (rule.pays(gain(repacked), repacked.copied())) {
                all.add(repacked);
            }
        }
        all.sort(Comparator.comparingDouble((Repacked pack) -> -(double) gain(pack) / Math.max(1, pack.copied()))
                .thenComparing(Repacked::blob));
        long bytes = 0;
        List<Repacked> most = new ArrayList<>();
        for (Repacked pack : all) {
            bytes += pack.copied();
            if (bytes > rule.mostBytes()) {
                break;
            }
            most.add(pack);
        }
        return most;
    }

    private long gain(Repacked pack) {
        return rule.gain(pack.freed(), pack.jumps());
    }

    private static Weight weight(PackIndex index, BitSet needed) {
        long bytes = 0;
        long copied = 0;
        for (int slot = 0; slot < index.size(); slot++) {
            bytes += index.storedLength(slot);
            copied += needed.get(slot) ? index.storedLength(slot) : 0;
        }
        return new Weight(bytes, copied);
    }
}
