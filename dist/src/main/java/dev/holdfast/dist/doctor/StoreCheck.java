package dev.holdfast.dist.doctor;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.format.FileStart;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.packed.DescriptorFile;
import dev.holdfast.store.scrub.ScrubCursor;
import dev.holdfast.store.scrub.ScrubSlice;
import dev.holdfast.store.scrub.SliceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the store opens, and whether a little of it, another piece each time, is as it was written. */
final class StoreCheck implements Check {
    private static final String ABOUT = "store";
    private static final String PACKS = "packs/";
    private static final long SAMPLE = 32L << 20;

    @Override
    public List<Finding> look(Patient patient) {
        if (!patient.directory().exists()) {
            return List.of();
        }
        try (BlobStore blobs =
                StoreBlobs.look(patient.directory(), patient.settings(), patient.clock(), patient.random())) {
            StoreDescriptor store = DescriptorFile.read(blobs);
            int version = blobs.encrypts() ? FileStart.SEALED_VERSION : FileStart.VERSION;
            List<Finding> found = new ArrayList<>();
            found.add(Finding.ok(
                    ABOUT,
                    "store " + store.storeId() + ", format version " + version
                            + (blobs.encrypts() ? " (encrypted)" : "") + ", blocks of " + store.blockSize()
                            + " bytes"));
            found.add(sample(patient, blobs));
            return found;
        } catch (Unavailable e) {
            return List.of(Finding.of(ABOUT, Level.FAIL, e, "can the disk or the bucket be reached?"));
        } catch (UnknownFormat e) {
            return List.of(Finding.of(ABOUT, Level.FAIL, e, "use the version of Holdfast that wrote it."));
        } catch (Corruption e) {
            return List.of(
                    Finding.of(ABOUT, Level.FAIL, e, "holdfast verify says what else is damaged; docs: repair."));
        }
    }

    private static Finding sample(Patient patient, BlobStore blobs) {
        List<String> packs = blobs.list(PACKS);
        if (packs.isEmpty()) {
            return Finding.ok(ABOUT, "nothing was captured yet");
        }
        int first = patient.random().nextInt(packs.size());
        ScrubCursor from =
                first == 0 ? ScrubCursor.START : new ScrubCursor(ScrubCursor.Stage.PACKS, packs.get(first - 1));
        SliceReport report = new ScrubSlice(blobs, () -> true).run(from, SAMPLE);
        if (report.found().isEmpty()) {
            return Finding.ok(
                    ABOUT,
                    String.format(
                            Locale.ROOT,
                            "a sample of %d files, %.1f MB, is as it was written",
                            report.files(),
                            report.bytes() / 1e6));
        }
        return Finding.fail(
                ABOUT,
                report.found().size() + " damaged places in a sample, the first: "
                        + report.found().get(0).damage(),
                "holdfast verify lists all of them and which snapshots they hurt; holdfast repair --from takes them from"
                        + " a copy.");
    }
}
