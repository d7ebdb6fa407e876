package dev.holdfast.store.blob.s3;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The way to a real S3 server, with faults on it. One request a connection; requests that meet no fault pass through as
 * they are.
 */
final class FaultyWay implements Closeable {
    /** What can happen to a request. */
    enum Fault {
        /** The server has too much to do: it is not asked. */
        BUSY,
        /** The request arrives, its answer does not. */
        ANSWER_LOST,
        /** Half of the answer arrives. */
        ANSWER_CUT,
        /** Nothing arrives, and nothing comes back. */
        SILENCE,
        /** A copy of the server that lags behind answers: there is no such key. */
        NOT_YET,
        /** A server that does not know conditional writes. */
        NO_CONDITIONS
    }

    private record Planned(Fault fault, Pattern request, AtomicInteger times) {}

    private final URI server;
    private final ServerSocket socket;
    private final List<Planned> planned = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong requests = new AtomicLong();
    private volatile int everyBusy;

    private FaultyWay(URI server) throws IOException {
        this.server = server;
        this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    static FaultyWay to(URI server) throws IOException {
        FaultyWay way = new FaultyWay(server);
        way.threads.execute(way::accept);
        return way;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Strikes the next {@code times} requests whose first line is found by {@code request}. */
    synchronized FaultyWay next(int times, Fault fault, String request) {
        planned.add(new Planned(fault, Pattern.compile(request), new AtomicInteger(times)));
        return this;
    }

    /** Answers that the server is busy to two of each {@code n} requests, one after the other. */
    void storm(int n) {
        everyBusy = n;
    }

    /** Requests so far. */
    long requests() {
        return requests.get();
    }

    /** Faults that did not strike. */
    synchronized int left() {
        return planned.stream().mapToInt(fault -> fault.times.get()).sum();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            if (head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue\r\n")) {
                send(client, "HTTP/1.1 100 Continue\r\n\r\n");
            }
            byte[] body = in.readNBytes(length(head));
            Fault fault = meet(head);
            if (fault == null) {
                send(client, answer(head, body));
                return;
            }
            switch (fault) {
                case BUSY -> send(client, error("503 Slow Down", "SlowDown"));
                case NOT_YET -> send(client, error("404 Not Found", "NoSuchKey"));
                case NO_CONDITIONS -> send(client, error("501 Not Implemented", "NotImplemented"));
                case SILENCE -> Thread.sleep(20_000);
                case ANSWER_LOST -> answer(head, body);
                default -> {
                    byte[] whole = answer(head, body);
                    client.getOutputStream().write(whole, 0, whole.length / 2);
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, or the test is over
        }
    }

    private synchronized Fault meet(String head) {
        long number = requests.incrementAndGet();
        if (everyBusy > 0 && number % everyBusy < 2) {
            return Fault.BUSY;
        }
        String line = head.substring(0, head.indexOf('\r'));
        Iterator<Planned> all = planned.iterator();
        while (all.hasNext()) {
            Planned one = all.next();
            boolean unconditional = one.fault == Fault.NO_CONDITIONS
                    && !head.toLowerCase(Locale.ROOT).contains("\r\nif-none-match:");
            if (!unconditional
                    && one.times.get() > 0
                    && one.request.matcher(line).find()) {
                one.times.decrementAndGet();
                return one.fault;
            }
        }
        return null;
    }

    private byte[] answer(String head, byte[] body) throws IOException {
        String once = head.replaceAll("(?im)^(connection|expect):.*\r\n", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
        try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
            upstream.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
            upstream.getOutputStream().write(body);
            upstream.getOutputStream().flush();
            return upstream.getInputStream().readAllBytes();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static int length(String head) {
        var found = Pattern.compile("(?im)^content-length: *(\\d+)").matcher(head);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static String error(String status, String code) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code></Error>";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static void send(Socket client, String text) throws IOException {
        send(client, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void send(Socket client, byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        client.getOutputStream().flush();
    }
}
