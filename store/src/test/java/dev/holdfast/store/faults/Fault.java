package dev.holdfast.store.faults;

import dev.holdfast.store.faults.FaultScene.Look;
import dev.holdfast.store.scrub.Damage;
import java.util.List;

/** One kind of fault. Each try gets a scene of its own, whose chance it uses. */
interface Fault {
    /** What happened, and what came of it. */
    record Outcome(boolean struck, int lost, boolean detected, String story) {
        /** Nothing that was complete is lost, and verify is clean. */
        static Outcome harmless(boolean struck, Look look) {
            boolean clean = look.damages().isEmpty();
            int lost = look.unreadable().size() + look.wrong().size();
            return new Outcome(
                    struck, lost, clean || lost > 0, clean ? "" : look.damages().toString());
        }

        /**
         * Someone else damaged {@code blobs}: verify must name one of them, every part that cannot be read any more, and
         * no byte that is read may be wrong.
         */
        static Outcome damage(List<String> blobs, Look look) {
            boolean named = blobs.stream()
                    .allMatch(blob -> look.damages().stream().map(Damage::blob).anyMatch(blob::equals));
            boolean detected = named && look.wrong().isEmpty();
            List<Damage.Part> lost =
                    look.unreadable().stream().filter(part -> !look.names(part)).toList();
            return new Outcome(true, lost.size(), detected, blobs + " " + look + " " + lost);
        }
    }

    /** What is tried. */
    interface Strike {
        /** Strikes, and judges. */
        Outcome at(FaultScene scene) throws Exception;
    }

    /** In the words of whoever runs disks. */
    String name();

    /** Strikes once. */
    Outcome strike(FaultScene scene) throws Exception;

    /** A fault by name. */
    static Fault of(String name, Strike strike) {
        return new Fault() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome strike(FaultScene scene) throws Exception {
                return strike.at(scene);
            }
        };
    }
}
