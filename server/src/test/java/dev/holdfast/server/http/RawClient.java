package dev.holdfast.server.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A client that sends whatever it is given, for requests that no proper client makes. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends text, one byte for each character. */
    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Reads one answer, its body by Content-Length; null when the connection ended first. */
    Response read() throws IOException {
        return read(true);
    }

    /** The same; {@code withBody} is false for an answer to HEAD. */
    Response read(boolean withBody) throws IOException {
        String statusLine = line();
        if (statusLine == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = line(); header != null && !header.isEmpty(); header = line()) {
            headers.add(header);
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        return new Response(
                Integer.parseInt(statusLine.split(" ")[1]),
                headers,
                text(
                        in.readNBytes(withBody ? length : 0),
                        withBody && headers.stream().anyMatch("content-encoding: gzip"::equalsIgnoreCase)));
    }

    /** Whether something has arrived that was not read. */
    boolean hasBytes() throws IOException {
        return in.available() > 0;
    }

    /** Whether the server ends the connection; waits for it. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private static String text(byte[] body, boolean gzip) throws IOException {
        byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
        return new String(plain, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An answer. */
    record Response(int status, List<String> headers, String body) {
        /** The value of the only header of that name, null when there is none. */
        String header(String name) {
            List<String> values = headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(header -> header.substring(name.length() + 1).trim())
                    .toList();
            if (values.size() > 1) {
                throw new AssertionError("several headers " + name + ": " + values);
            }
            return values.isEmpty() ? null : values.get(0);
        }
    }
}
