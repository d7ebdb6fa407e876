package dev.holdfast.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sends digest-authenticated GETs as fast as they are answered, over kept connections, one thread for all of them: the
 * same client for every server that is compared. Each connection asks for one challenge and then counts {@code nc} up,
 * as Python's requests does.
 *
 * <pre>DigestLoad URL USER PASSWORD CONNECTIONS SECONDS</pre>
 *
 * <p>Prints {@code requests_per_s}, {@code p50_us}, {@code p99_us} and {@code bytes} (of the last body). Any answer but
 * 200 ends it with a message.
 */
public final class DigestLoad {
    private DigestLoad() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: DigestLoad URL USER PASSWORD CONNECTIONS SECONDS");
            System.exit(2);
        }
        URI url = URI.create(args[0]);
        int connections = Integer.parseInt(args[3]);
        long nanos = (long) (Double.parseDouble(args[4]) * 1e9);
        DigestRequest[] requests = new DigestRequest[connections];
        for (int i = 0; i < connections; i++) {
            requests[i] = DigestRequest.challengedBy(url, args[1], args[2]);
        }
        long[] micros = new long[4_000_000];
        int count = 0;
        LoadConnection last = null;
        try (Selector selector = Selector.open()) {
            InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
            for (DigestRequest request : requests) {
                LoadConnection connection = new LoadConnection(address, request);
                connection.register(selector);
                connection.send();
                last = connection;
            }
            long start = System.nanoTime();
            long end = start + nanos;
            for (long now = start; now < end && count < micros.length; now = System.nanoTime()) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    LoadConnection connection = (LoadConnection) key.attachment();
                    if (connection.receive()) {
                        micros[count++] = connection.micros();
                        connection.send();
                    }
                    if (count == micros.length) {
                        break;
                    }
                }
                selector.selectedKeys().clear();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(micros, 0, count);
            System.out.printf(
                    Locale.ROOT,
                    "requests_per_s: %.0f%np50_us: %d%np99_us: %d%nbytes: %d%n",
                    count / seconds,
                    micros[count / 2],
                    micros[(int) (count * 0.99)],
                    last.bodyLength());
        }
    }
}
