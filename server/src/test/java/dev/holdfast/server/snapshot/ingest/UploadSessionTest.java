package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UploadSessionTest {
    private final CountedUpload upload = new CountedUpload();
    private final UploadSession session = new UploadSession(null, upload, Clock.systemUTC());

    @Test
    @Timeout(20)
    void endDoesNotWaitForACommit_whichClosesTheUploadWhenItIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread commit = new Thread(() -> session.alone(used -> {
            begun.countDown();
            await(done);
            return used;
        }));
        commit.start();
        begun.await();
        session.end();
        assertThat(upload.closed).isZero();
        done.countDown();
        commit.join();
        assertThat(upload.closed).isEqualTo(1);
        assertThat(session.share(used -> used)).isEqualTo(Optional.empty());
    }

    @Test
    void anUploadIsClosedOnce_howeverOftenItEnds() {
        assertThat(session.endIfIdle(Duration.ofHours(1))).isFalse();
        assertThat(session.endIfIdle(Duration.ZERO)).isTrue();
        session.end();
        session.endAndWait();
        assertThat(session.alone(used -> used)).isEmpty();
        assertThat(upload.closed).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class CountedUpload implements PartUpload {
        volatile int closed;

        @Override
        public BitSet missing(List<BlockId> blocks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean put(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int putAll(List<IncomingBlock> incoming) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PartSummary commit(FileListReader files, ArchiveFrame frame) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = closed + 1;
        }
    }
}
