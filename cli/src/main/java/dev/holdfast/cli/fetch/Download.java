package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import dev.holdfast.cli.fetch.RangeReader.Link;
import dev.holdfast.cli.fetch.RangeReader.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Fills a {@link PartFile}: some readers, and the calling thread, which keeps the journal and looks for readers that hang. */
final class Download {
    private static final long TICK_MILLIS = 1000;
    private static final int STALLED_TICKS = 60;

    private final Link link;
    private final PartFile file;
    private final Journal begun;
    private final Received received;
    private final Progress progress;
    private final Rate rate = new Rate();
    private ByteRanges written;

    Download(Link link, PartFile file, Journal begun, Received received, Progress progress) {
        this.link = link;
        this.file = file;
        this.begun = begun;
        this.received = received;
        this.written = begun.have();
        this.progress = progress;
    }

    /** Returns when all is there and on the disk. Whatever it ends with, the journal knows what there is. */
    void run(int streams, Patience patience) throws IOException, InterruptedException {
        ByteRanges missing = begun.have().missing(begun.size());
        Pieces pieces = new Pieces(missing, streams);
        ExecutorService threads = Executors.newFixedThreadPool(streams, task -> new Thread(task, "fetch"));
        CompletionService<Void> work = new ExecutorCompletionService<>(threads);
        List<RangeReader> readers = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            RangeReader reader = new RangeReader(link, this::write, patience);
            readers.add(reader);
            work.submit(() -> {
                for (Optional<Range> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                    reader.read(piece.get());
                }
                return null;
            });
        }
        try {
            await(work, readers);
        } finally {
            for (RangeReader reader : readers) {
                reader.stop();
            }
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
            checkpoint();
        }
    }

    private void write(long position, ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        file.write(position, bytes);
        received.add(new Range(position, position + length));
    }

    private void await(CompletionService<Void> work, List<RangeReader> readers)
            throws IOException, InterruptedException {
        long[] moved = new long[readers.size()];
        int[] still = new int[readers.size()];
        for (int ended = 0; ended < readers.size(); ) {
            Future<Void> end = work.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (end == null) {
                checkpoint();
                received.requireGoing();
                cutStalled(readers, moved, still);
            } else {
                result(end);
                ended++;
            }
        }
    }

    /** The journal may say only what was there before the bytes were forced. */
    private void checkpoint() throws IOException {
        ByteRanges now = received.now();
        if (!now.equals(written)) {
            file.checkpoint(begun.having(now));
            written = now;
        }
        progress.moved(link.name(), now.size(), begun.size(), rate.at(System.nanoTime(), now.size()));
    }

    /** HttpClient has no time limit for a body: a peer that is silent would be waited for for ever. */
    private static void cutStalled(List<RangeReader> readers, long[] moved, int[] still) {
        for (int i = 0; i < moved.length; i++) {
            long now = readers.get(i).position();
            still[i] = now >= 0 && now == moved[i] ? still[i] + 1 : 0;
            moved[i] = now;
            if (still[i] >= STALLED_TICKS) {
                still[i] = 0;
                readers.get(i).cut();
            }
        }
    }

    private static void result(Future<Void> end) throws IOException, InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
