package dev.holdfast.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One kept connection: a request out, a whole answer in, and again. */
final class LoadConnection {
    private static final int ROOM = 1 << 16;

    private final SocketChannel channel;
    private final DigestRequest request;
    private final ByteBuffer answer = ByteBuffer.allocate(ROOM);
    private long sent;
    private long micros;
    private int headLength;
    private int bodyLength;

    LoadConnection(InetSocketAddress address, DigestRequest request) throws IOException {
        this.channel = SocketChannel.open(address);
        this.channel.socket().setTcpNoDelay(true);
        this.request = request;
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends the next request; it is small enough for the socket's buffer. */
    void send() throws IOException {
        answer.clear();
        headLength = 0;
        sent = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request.next());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads what is there; true when the answer is whole. */
    boolean receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the server closed a connection");
        }
        if (headLength == 0) {
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("not 200: " + text);
            }
            headLength = end + 4;
            bodyLength = contentLength(text.substring(0, end));
        }
        if (answer.position() < headLength + bodyLength) {
            return false;
        }
        micros = (System.nanoTime() - sent) / 1000;
        return true;
    }

    long micros() {
        return micros;
    }

    int bodyLength() {
        return bodyLength;
    }

    private static int contentLength(String head) throws IOException {
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).trim());
            }
        }
        throw new IOException("an answer without Content-Length: " + head);
    }
}
