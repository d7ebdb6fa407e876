package dev.holdfast.server.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 by hand over one socket, for clients that behave badly. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(20_000);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole answer; {@code broken} when the connection ended before the promised length. */
    record Response(int status, Map<String, String> headers, byte[] body, boolean broken) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    void send(String method, String path, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        try {
            socket.getOutputStream().write(text.append("\r\n").toString().getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response exchange(String method, String path, String... headers) {
        send(method, path, headers);
        Response head = readHead();
        boolean none = method.equals("HEAD") || head.status() == 304 || head.header("content-length") == null;
        int length = none ? 0 : Integer.parseInt(head.header("content-length"));
        byte[] body = readUpTo(length);
        return new Response(head.status(), head.headers(), body, body.length < length);
    }

    Response readHead() {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(status[1]), headers, new byte[0], false);
    }

    byte[] readBytes(int count) {
        byte[] bytes = readUpTo(count);
        if (bytes.length < count) {
            throw new UncheckedIOException(new EOFException("only " + bytes.length + " bytes of " + count));
        }
        return bytes;
    }

    /** Reads until that many bytes came, or the connection ended. */
    byte[] readUpTo(int count) {
        byte[] bytes = new byte[count];
        int filled = 0;
        try {
            for (int n; filled < count && (n = in.read(bytes, filled, count - filled)) >= 0; ) {
                filled += n;
            }
        } catch (SocketException e) {
            // reset: what came before it is the answer
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return filled == count ? bytes : java.util.Arrays.copyOf(bytes, filled);
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int c; (c = in.read()) != '\n'; ) {
                if (c < 0) {
                    throw new EOFException("the connection ended in the head: " + line);
                }
                if (c != '\r') {
                    line.write(c);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
