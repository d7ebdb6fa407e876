package dev.holdfast.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A bad link to a port of this machine: each connection is cut after so many bytes of answers. */
public final class CuttingLink {
    private CuttingLink() {}

    /** Words: port, bytes. Prints its own port, and a line for each cut. */
    public static void main(String[] words) throws IOException {
        int port = Integer.parseInt(words[0]);
        long bytes = Long.parseLong(words[1]);
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + listener.getLocalPort());
            while (true) {
                Socket client = listener.accept();
                thread(() -> serve(client, port, bytes));
            }
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "link");
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Socket client, int port, long bytes) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            thread(() -> pass(client, server, Long.MAX_VALUE));
            if (pass(server, client, bytes)) {
                System.out.println("cut");
            }
        } catch (IOException e) {
            // an end of a connection, which is what this is for
        }
    }

    /** Whether it was cut. */
    private static boolean pass(Socket from, Socket to, long most) {
        byte[] buffer = new byte[256 << 10];
        long left = most;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    to.shutdownOutput();
                    return false;
                }
                out.write(buffer, 0, count);
                left -= count;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
