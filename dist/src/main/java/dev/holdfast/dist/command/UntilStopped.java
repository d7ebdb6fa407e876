package dev.holdfast.dist.command;

import dev.holdfast.server.ServerWiring;
import java.util.concurrent.CountDownLatch;

/** Lets a server run until the process is asked to end (Ctrl-C, SIGTERM), then closes it within that request. */
final class UntilStopped {
    private final ServerWiring wiring;

    UntilStopped(ServerWiring wiring) {
        this.wiring = wiring;
    }

    void await() throws InterruptedException {
        // the program ends when the last hook has ended, so the hook closes; main may never wake up again
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        new CountDownLatch(1).await();
    }

    /** To be asked to end is no failure: without this a service manager would see status 143. */
    private void stop() {
        wiring.close();
        Runtime.getRuntime().halt(0);
    }
}
