package dev.holdfast.store.blob.s3;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One object being written. Up to a part's size it is kept in memory and put with one request; from there on it is a
 * multipart upload, and no more than one part is in memory. A step that failed may be made again: nothing is forgotten
 * until the server has said that it has it.
 */
final class S3BlobWriter implements BlobWriter {
    private static final Logger LOG = LoggerFactory.getLogger(S3BlobWriter.class);
    private static final int SMALLEST = 16 << 10;

    private final String name;
    private final S3Uploads uploads;
    private final S3BlobStore store;

    /** Written into the object, so that after a lost answer we can tell our object from another's. */
    private final String mark;

    private final boolean replaces;

    private byte[] part = new byte[SMALLEST];
    private int count;
    private long position;
    private String upload;
    private final List<String> etags = new ArrayList<>();
    private boolean ended;

    S3BlobWriter(String name, String mark, boolean replaces, S3Uploads uploads, S3BlobStore store) {
        this.name = name;
        this.mark = mark;
        this.replaces = replaces;
        this.uploads = uploads;
        this.store = store;
    }

    @Override
    public void write(ByteBuffer bytes) {
        requireOpen();
        while (bytes.hasRemaining()) {
            if (count == uploads.partBytes()) {
                sendPart();
            }
            if (count == part.length) {
                part = Arrays.copyOf(part, Math.min(uploads.partBytes(), part.length * 2));
            }
            int length = Math.min(bytes.remaining(), part.length - count);
            bytes.get(part, count, length);
            count += length;
            position += length;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean resumable() {
        return true;
    }

    @Override
    public void commit() {
        requireOpen();
        if (upload != null && count > 0) {
            sendPart();
        }
        boolean won = store.alone(name, this::publish);
        if (!won) {
            close();
            throw new BlobExists(name);
        }
        end();
    }

    /**
     * Looks first, then puts on the condition that there is nothing. Looking is for servers that do not know the
     * condition, and for the second try after an answer was lost.
     *
     * @return false if the name is another's
     */
    private boolean publish() {
        String there = uploads.mark(name);
        if (there != null && (!replaces || mark.equals(there))) {
            return mark.equals(there);
        }
        if (!replaces && store.isRecent(name)) {
            return false; // another writer of this process was first, and the server does not show it yet
        }
        S3Uploads.Published outcome = upload == null
                ? uploads.put(name, mark, part, count, replaces)
                : uploads.complete(name, upload, etags, replaces);
        switch (outcome) {
            case DONE:
                return true;
            case TAKEN:
                // or an earlier try of ours whose answer was lost
                return mark.equals(uploads.mark(name));
            default:
                // the server does not know the upload: it was completed by a try whose answer was lost, or aborted
                if (mark.equals(uploads.mark(name))) {
                    return true;
                }
                end();
                throw S3Uploads.lost(name);
        }
    }

    private void sendPart() {
        if (upload == null) {
            upload = uploads.begin(name, mark);
        }
        etags.add(uploads.putPart(name, upload, etags.size() + 1, part, count));
        count = 0;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        end();
        if (upload == null) {
            return;
        }
        try {
            uploads.abort(name, upload);
        } catch (Unavailable e) {
            // it is no blob, and is swept when it is a week old
            LOG.warn("an unfinished upload of {} stays on the server for now: {}", name, e.getMessage());
        }
    }

    private void end() {
        ended = true;
        part = null;
        uploads.ended(upload);
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException(name + " was committed or given up already");
        }
    }
}
