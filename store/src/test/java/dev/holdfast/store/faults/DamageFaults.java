package dev.holdfast.store.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.faults.Fault.Outcome;
import dev.holdfast.store.faults.FaultScene.Look;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.packed.DescriptorFile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a disk does to bytes that lie on it: verify must say which. */
final class DamageFaults {
    private DamageFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("bit flip in a pack", scene -> flip(scene, "packs/")),
                Fault.of("bit flip in a manifest page", scene -> flip(scene, "pages/")),
                Fault.of("bit flip in a manifest root", scene -> flip(scene, "manifests/")),
                Fault.of("bit flip in an index run, then a capture", DamageFaults::indexFlip),
                Fault.of("bit flip in the descriptor", DamageFaults::descriptorFlip),
                Fault.of("file cut short", scene -> change(scene, anyFile(scene), DamageFaults::cut)),
                Fault.of("file with bytes after its end", scene -> change(scene, anyFile(scene), DamageFaults::longer)),
                Fault.of("range of zeros in a pack", scene -> change(scene, scene.any("packs/"), DamageFaults::zeros)),
                Fault.of(
                        "range of a file written into another",
                        scene -> change(scene, anyFile(scene), DamageFaults::misdirected)),
                Fault.of("missing pack", scene -> missing(scene, "packs/")),
                Fault.of("missing manifest page", scene -> missing(scene, "pages/")),
                Fault.of("bit flip in a forwarding record", DamageFaults::forwardFlip),
                Fault.of("missing forwarding record", DamageFaults::missingForward),
                Fault.of("missing index run, then a capture", DamageFaults::missingIndex),
                Fault.of("the same pack under a second name", DamageFaults::duplicate),
                Fault.of("two packs under each other's name", DamageFaults::swapped));
    }

    private interface Change {
        byte[] of(byte[] content, FaultScene scene);
    }

    private static String anyFile(FaultScene scene) {
        return scene.any(List.of("packs/", "pages/", "manifests/").get(scene.random.nextInt(3)));
    }

    private static Outcome flip(FaultScene scene, String prefix) {
        return change(scene, scene.any(prefix), DamageFaults::oneBit);
    }

    private static Outcome change(FaultScene scene, String blob, Change change) {
        byte[] before = scene.blobs.content(blob);
        byte[] after = change.of(before.clone(), scene);
        while (Arrays.equals(before, after)) {
            after = change.of(before.clone(), scene);
        }
        replace(scene, blob, after);
        return Outcome.damage(List.of(blob), scene.look());
    }

    private static void replace(FaultScene scene, String blob, byte[] content) {
        scene.blobs.delete(blob);
        scene.blobs.put(blob, content);
    }

    private static byte[] oneBit(byte[] content, FaultScene scene) {
        content[scene.random.nextInt(content.length)] ^= (byte) (1 << scene.random.nextInt(8));
        return content;
    }

    private static byte[] cut(byte[] content, FaultScene scene) {
        return Arrays.copyOf(content, scene.random.nextInt(content.length));
    }

    private static byte[] longer(byte[] content, FaultScene scene) {
        return Arrays.copyOf(content, content.length + 1 + scene.random.nextInt(5000));
    }

    private static byte[] zeros(byte[] content, FaultScene scene) {
        int from = scene.random.nextInt(content.length);
        Arrays.fill(content, from, Math.min(content.length, from + 1 + scene.random.nextInt(4096)), (byte) 0);
        return content;
    }

    private static byte[] misdirected(byte[] content, FaultScene scene) {
        byte[] other = scene.blobs.content(anyFile(scene));
        int length = 1 + scene.random.nextInt(Math.min(content.length, other.length));
        int to = scene.random.nextInt(content.length - length + 1);
        System.arraycopy(other, scene.random.nextInt(other.length - length + 1), content, to, length);
        return content;
    }

    private static Outcome indexFlip(FaultScene scene) {
        String run = scene.any("index/");
        Outcome seen = change(scene, run, DamageFaults::oneBit);
        return seen.detected() && seen.lost() == 0 ? captureAgain(scene) : seen;
    }

    private static Outcome missingIndex(FaultScene scene) {
        scene.blobs.delete(scene.any("index/"));
        scene.restart();
        return captureAgain(scene);
    }

    /** The index is made again, so that a capture goes well and a damaged run is gone. */
    private static Outcome captureAgain(FaultScene scene) {
        FaultScene.PROJECTS.forEach(scene::capture);
        return Outcome.harmless(true, scene.look());
    }

    private static Outcome descriptorFlip(FaultScene scene) {
        byte[] before = scene.blobs.content(DescriptorFile.NAME);
        replace(scene, DescriptorFile.NAME, oneBit(before.clone(), scene));
        assertThatThrownBy(scene::restart).isInstanceOfAny(Corruption.class, UnknownFormat.class);
        replace(scene, DescriptorFile.NAME, before);
        return Outcome.harmless(true, scene.look());
    }

    private static Outcome missing(FaultScene scene, String prefix) {
        String blob = scene.any(prefix);
        scene.blobs.delete(blob);
        Look look = scene.look();
        // a pack or page that only a forgotten part needed may go unnoticed, for nobody misses it
        boolean needed = !look.unreadable().isEmpty();
        return needed ? Outcome.damage(List.of(blob), look) : Outcome.harmless(true, look);
    }

    /** Packs of which something is still needed are repacked, so that there are records. */
    private static void repack(FaultScene scene) {
        scene.complete().stream().limit(1).forEach(scene::forget);
        scene.sweep();
    }

    private static Outcome forwardFlip(FaultScene scene) {
        repack(scene);
        return scene.named("forwards/").isEmpty() ? Outcome.harmless(false, scene.look()) : flip(scene, "forwards/");
    }

    private static Outcome missingForward(FaultScene scene) {
        repack(scene);
        if (scene.named("forwards/").isEmpty()) {
            return Outcome.harmless(false, scene.look());
        }
        String record = scene.any("forwards/");
        scene.blobs.delete(record);
        Look look = scene.look();
        // who does not see the record looks for the pack, and misses that
        String pack = record.replace("forwards/", "packs/").replace(".forward", ".pack");
        return look.unreadable().isEmpty() ? Outcome.harmless(true, look) : Outcome.damage(List.of(pack), look);
    }

    private static Outcome duplicate(FaultScene scene) {
        String pack = scene.any("packs/");
        String name = pack.replaceFirst("[0-9a-f]{32}\\.pack", freshId(pack, scene.random) + ".pack");
        scene.blobs.put(name, scene.blobs.content(pack));
        Look look = scene.look();
        return new Outcome(
                true,
                look.unreadable().size() + look.wrong().size(),
                look.damages().stream().allMatch(damage -> damage.blob().equals(name))
                        && !look.damages().isEmpty(),
                pack + " " + look);
    }

    private static String freshId(String pack, Random random) {
        String folder = pack.substring(pack.lastIndexOf('/') - 2, pack.lastIndexOf('/'));
        return folder + String.format("%030x", random.nextLong() >>> 1);
    }

    private static Outcome swapped(FaultScene scene) {
        String one = scene.any("packs/");
        String other = scene.any("packs/");
        while (other.equals(one)) {
            other = scene.any("packs/");
        }
        byte[] content = scene.blobs.content(one);
        replace(scene, one, scene.blobs.content(other));
        replace(scene, other, content);
        return Outcome.damage(List.of(one, other), scene.look());
    }
}
