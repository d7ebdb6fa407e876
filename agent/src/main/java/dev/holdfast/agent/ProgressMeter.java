package dev.holdfast.agent;

import dev.holdfast.agent.upload.UploadListener;

/** Adds up what the stages report, and tells it on, one call at a time. */
final class ProgressMeter implements UploadListener {
    private final CaptureProgress progress;
    private CaptureProgress.Step step = CaptureProgress.Step.LOOKING;
    private long entries;
    private long entriesInAll;
    private long readBytes;
    private long bytesInAll;
    private long sentBytes;

    ProgressMeter(CaptureProgress progress) {
        this.progress = progress;
    }

    synchronized void step(CaptureProgress.Step next) {
        step = next;
        tell();
    }

    /** Reading begins, perhaps for the second time. */
    synchronized void sending(long allEntries, long allBytes) {
        entries = 0;
        readBytes = 0;
        entriesInAll = allEntries;
        bytesInAll = allBytes;
        step(CaptureProgress.Step.SENDING);
    }

    @Override
    public synchronized void read(long moreEntries, long bytes) {
        entries += moreEntries;
        readBytes += bytes;
        tell();
    }

    @Override
    public synchronized void sent(long bytes) {
        sentBytes += bytes;
        tell();
    }

    private void tell() {
        progress.moved(new CaptureProgress.State(step, entries, entriesInAll, readBytes, bytesInAll, sentBytes));
    }
}
