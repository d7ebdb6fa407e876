package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * Asks one server for ranges, one after the other over the same connection (RFC 9112, as much of it as that takes). What has
 * arrived when the connection is cut is not lost, as it is in HttpClient's streams.
 */
final class RangeConnection implements Closeable {
    private static final int BUFFER = 512 << 10;
    private static final int MOST_HEAD = 64 << 10;
    private static final int CONNECT_MILLIS = 20_000;

    private final URI url;
    private final Wire wire;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);

    private RangeConnection(URI url, Wire wire) {
        this.url = url;
        this.wire = wire;
    }

    static RangeConnection open(URI url, SSLContext context) throws IOException {
        return new RangeConnection(url, Wire.open(url, context, CONNECT_MILLIS));
    }

    /**
     * The head of an answer.
     *
     * @param length of the body; -1 if that is not said
     * @param stays whether the connection can be used again when the body was read
     */
    record Head(int status, HttpHeaders headers, long length, boolean stays) {}

    /** Asks for a range of what has that ETag, and reads the head of the answer. */
    Head ask(Range range, String tag) throws IOException {
        String host = url.getHost() + (url.getPort() >= 0 ? ":" + url.getPort() : "");
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nRange: bytes=" + range.from() + "-"
                + (range.to() - 1) + "\r\nIf-Match: " + tag + "\r\nUser-Agent: holdfast\r\n\r\n";
        wire.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        Head head = head();
        while (head.status() / 100 == 1) {
            head = head();
        }
        return head;
    }

    /**
     * Bytes of the body as they come in, at most that many; good until the next call.
     *
     * @throws EOFException if the connection ends
     */
    ByteBuffer body(long most) throws IOException {
        if (!buffer.hasRemaining()) {
            fill();
        }
        ByteBuffer piece = buffer.slice(buffer.position(), (int) Math.min(most, buffer.remaining()));
        buffer.position(buffer.position() + piece.remaining());
        return piece;
    }

    /** What is left of a short body, which is not wanted for its bytes. */
    byte[] text(Head head) throws IOException {
        long length = head.length() < 0 ? MOST_HEAD : Math.min(MOST_HEAD, head.length());
        byte[] text = new byte[(int) length];
        int at = 0;
        try {
            while (at < length) {
                ByteBuffer piece = body(length - at);
                int count = piece.remaining();
                piece.get(text, at, count);
                at += count;
            }
        } catch (EOFException e) {
            // as much as there is
        }
        return Arrays.copyOf(text, at);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private void fill() throws IOException {
        buffer.clear();
        int count = wire.read(buffer);
        buffer.flip();
        if (count < 0) {
            throw new EOFException("the connection was closed too early");
        }
    }

    private Head head() throws IOException {
        List<String> lines = new ArrayList<>();
        int left = MOST_HEAD;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            lines.add(line);
            left -= line.length();
        }
        if (lines.isEmpty() || !lines.get(0).matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("the answer is not HTTP");
        }
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("the answer is not HTTP");
            }
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        String connection = headers.firstValue("Connection").orElse("");
        boolean stays = lines.get(0).startsWith("HTTP/1.1") && !connection.equalsIgnoreCase("close");
        long length = headers.firstValue("Transfer-Encoding").isPresent()
                ? -1
                : headers.firstValueAsLong("Content-Length").orElse(-1);
        return new Head(Integer.parseInt(lines.get(0).substring(9, 12)), headers, length, stays);
    }

    private String line(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!buffer.hasRemaining()) {
                fill();
                continue;
            }
            char c = (char) (buffer.get() & 0xff);
            if (c == '\n') {
                int end = line.length();
                if (end > 0 && line.charAt(end - 1) == '\r') {
                    line.setLength(end - 1);
                }
                return line.toString();
            }
            if (line.length() >= most) {
                throw new IOException("the answer has too long a head");
            }
            line.append(c);
        }
    }
}
