package dev.holdfast.agent.source;

import dev.holdfast.contract.agentapi.FileEntry;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One reading of a data directory, and afterwards the proof that it held still. Keeps 8 bytes for each entry, so a
 * directory of a million files costs a few MB.
 */
public final class DirectoryReading {
    private static final int FIRST_ROOM = 1024;

    private final SourceTree tree;
    private long[] fingerprints = new long[FIRST_ROOM];
    private int count;

    DirectoryReading(SourceTree tree) {
        this.tree = tree;
    }

    /** Takes in what is read. */
    public interface Sink {
        /** A directory or a link. */
        void entry(FileEntry entry) throws InterruptedException;

        /** Asks whether a file need not be read. If it is taken over, it is not handed over as a file. */
        boolean takesOver(FileEntry entry, FileIdentity identity) throws InterruptedException;

        /** A file; what is in it must be read before this returns. */
        void file(FileEntry entry, FileIdentity identity, SteadyFile content) throws InterruptedException;
    }

    /**
     * Reads all of it in archive order.
     *
     * @throws dev.holdfast.agent.trouble.CaptureFailed if something cannot be read, changes or vanishes meanwhile
     */
    public void readInto(Sink sink) throws InterruptedException {
        count = 0;
        tree.walk((entry, place, state) -> {
            remember(fingerprint(entry, state));
            if (entry.type() != FileEntry.Type.FILE) {
                sink.entry(entry);
                return;
            }
            FileIdentity identity = state.identity();
            if (sink.takesOver(entry, identity)) {
                return;
            }
            try (SteadyFile content = SteadyFile.open(entry, place, state)) {
                sink.file(entry, identity, content);
                content.requireUnchanged();
            }
        });
    }

    /**
     * Looks again at all that was read.
     *
     * @throws dev.holdfast.agent.trouble.CaptureFailed if anything is not as it was when it was read
     */
    public void requireUnchanged() throws InterruptedException {
        Recheck recheck = new Recheck();
        tree.walk(recheck);
        recheck.end();
    }

    private void remember(long fingerprint) {
        if (count == fingerprints.length) {
            fingerprints = Arrays.copyOf(fingerprints, count * 2);
        }
        fingerprints[count++] = fingerprint;
    }

    private static long fingerprint(FileEntry entry, FileState state) {
        long seed = entry.path().length;
        for (byte b : entry.path()) {
            seed = FileState.mix(seed, b);
        }
        return state.fingerprint(seed);
    }

    private final class Recheck implements SourceTree.Visitor {
        private int seen;
        private byte[] last = {};

        @Override
        public void entry(FileEntry entry, Path place, FileState state) {
            if (seen == count || fingerprints[seen] != fingerprint(entry, state)) {
                throw SourceTrouble.changedNear(entry.path());
            }
            seen++;
            last = entry.path();
        }

        private void end() {
            if (seen < count) {
                throw SourceTrouble.vanishedAfter(last);
            }
        }
    }
}
