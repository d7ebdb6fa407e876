package dev.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A bad link: each connection is cut after so many bytes of answers. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger cuts = new AtomicInteger();
    private final long cutAfter;
    private volatile int serverPort;

    CuttingProxy(long cutAfter) throws IOException {
        this.cutAfter = cutAfter;
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    /** Begins to pass on what comes to {@link #url()} to that port of this machine. */
    void start(int port) {
        serverPort = port;
        threads.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    threads.execute(() -> serve(client));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            threads.execute(() -> pass(client, server, Long.MAX_VALUE));
            if (pass(server, client, cutAfter)) {
                cuts.incrementAndGet();
            }
        } catch (IOException e) {
            // an end of a connection, which is what this is for
        }
    }

    /** Whether it was cut. */
    private static boolean pass(Socket from, Socket to, long most) {
        byte[] buffer = new byte[64 << 10];
        long left = most;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (left > 0) {
                int bytes = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (bytes < 0) {
                    to.shutdownOutput();
                    return false;
                }
                out.write(buffer, 0, bytes);
                left -= bytes;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
