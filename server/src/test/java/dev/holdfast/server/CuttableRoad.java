package dev.holdfast.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one until it is cut, and again when it is mended: a server that dies and comes back. */
final class CuttableRoad implements AutoCloseable {
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;
    private volatile boolean cut;

    CuttableRoad(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(CuttableRoad::close);
        open.clear();
    }

    void mend() {
        cut = false;
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket from = listener.accept();
                if (cut) {
                    from.close();
                    continue;
                }
                Socket to = new Socket(host, port);
                open.add(from);
                open.add(to);
                daemon(() -> carry(from, to));
                daemon(() -> carry(to, from));
            } catch (IOException e) {
                // closed, or nobody at the other end
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        } finally {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "road");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
