package dev.holdfast.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a body that nothing comes out of for too long; the Java client has no time limit for reading one. */
final class StallWatch implements AutoCloseable {
    private final InputStream body;
    private final long millis;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean alive = true;
    private volatile boolean stalled;

    private StallWatch(InputStream body, Duration longest) {
        this.body = body;
        this.millis = longest.toMillis();
    }

    static StallWatch over(InputStream body, Duration longest) {
        StallWatch watch = new StallWatch(body, longest);
        Thread thread = new Thread(watch::watch, "download-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** Something came. */
    void alive() {
        alive = true;
    }

    boolean stalled() {
        return stalled;
    }

    private void watch() {
        try {
            while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
                if (!alive) {
                    stalled = true;
                    body.close();
                    return;
                }
                alive = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // closing is all we want; the reader is told either way
            return;
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
