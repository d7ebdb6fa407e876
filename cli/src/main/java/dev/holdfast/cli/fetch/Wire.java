package dev.holdfast.cli.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection. Bytes of a plain one go from the kernel into the buffer that the file is written from, and are copied
 * nowhere in between: that is most of what makes a fetch as fast as curl.
 */
interface Wire extends Closeable {
    /** As {@link java.nio.channels.ReadableByteChannel#read}; another thread ends it with {@link #close}. */
    int read(ByteBuffer into) throws IOException;

    /** Sends all of it. */
    void write(ByteBuffer bytes) throws IOException;

    /** Connects to the server of {@code url}. */
    static Wire open(URI url, SSLContext context, int timeoutMillis) throws IOException {
        boolean tls = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(host, port), timeoutMillis);
            return tls ? tls(channel.socket(), host, port, context, timeoutMillis) : plain(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(host + " is no host: " + e.getMessage(), e);
        }
    }

    private static Wire plain(SocketChannel channel) {
        return new Wire() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                return channel.read(into);
            }

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static Wire tls(Socket plain, String host, int port, SSLContext context, int timeoutMillis)
            throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // or any certificate would do for any host
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        socket.startHandshake();
        socket.setSoTimeout(0);
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[64 << 10];
        return new Wire() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                int count = in.read(bytes, 0, Math.min(bytes.length, into.remaining()));
                if (count > 0) {
                    into.put(bytes, 0, count);
                }
                return count;
            }

            @Override
            public void write(ByteBuffer out) throws IOException {
                byte[] all = new byte[out.remaining()];
                out.get(all);
                socket.getOutputStream().write(all);
            }

            @Override
            public void close() throws IOException {
                plain.close(); // the TLS socket would wait for a reader to say good-bye
            }
        };
    }
}
