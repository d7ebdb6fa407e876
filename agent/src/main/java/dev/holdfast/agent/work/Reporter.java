package dev.holdfast.agent.work;

import dev.holdfast.agent.link.WorkLink;
import dev.holdfast.agent.link.WorkLost;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.trouble.Unavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reports on one attempt from a thread of its own until it is closed; interrupts the worker when the attempt is over. */
final class Reporter implements TaskProgress, AutoCloseable {
    private static final long MOST_SECONDS = 15;
    private static final int PER_LEASE = 4;

    private final WorkLink link;
    private final AgentWork.Assigned work;
    private final Thread worker;
    private final Notices notices;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile State state = new State("begun", 0, 0);
    private volatile String lost;

    private record State(String step, long done, long total) {}

    Reporter(WorkLink link, AgentWork.Assigned work, Notices notices) {
        this.link = link;
        this.work = work;
        this.worker = Thread.currentThread();
        this.notices = notices;
        this.thread = new Thread(this::report, "reporter");
        thread.setDaemon(true);
    }

    Reporter start() {
        thread.start();
        return this;
    }

    @Override
    public void at(String step, long done, long total) {
        state = new State(step, done, total);
    }

    /** Why the attempt is over, null while it is not. */
    String lost() {
        return lost;
    }

    private void report() {
        long seconds = Math.max(1, Math.min(MOST_SECONDS, work.leaseSeconds() / PER_LEASE));
        try {
            while (!ended.await(Duration.ofSeconds(seconds).toMillis(), TimeUnit.MILLISECONDS)) {
                send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() throws InterruptedException {
        State now = state;
        try {
            link.progress(work, now.step, now.done, now.total);
        } catch (WorkLost e) {
            lost = e.getMessage();
            ended.countDown();
            worker.interrupt();
        } catch (Unavailable | CaptureFailed e) {
            // the work may well outlive a server that is away for a while; if not, the next report says so
            notices.say("a report did not arrive: " + e.getMessage());
        }
    }

    /** No report is on its way when this returns, and none interrupts the worker any more. */
    @Override
    public void close() {
        ended.countDown();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted && lost == null) {
            worker.interrupt();
        }
    }
}
