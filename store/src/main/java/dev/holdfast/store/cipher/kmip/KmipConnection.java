package dev.holdfast.store.cipher.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One connection to a KMIP server. A failed exchange leaves it useless: close it. For one thread at a time. */
final class KmipConnection implements AutoCloseable {
    /** No answer that we ask for has more than a few kilobytes. */
    static final int MOST_BYTES = 1 << 20;

    private final Socket socket;
    private final Duration timeout;

    /** Over a socket that is connected already; {@link #open} makes a secure one. */
    KmipConnection(Socket socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    static KmipConnection open(KmipSettings settings) throws IOException {
        int millis = Math.toIntExact(settings.timeout().toMillis());
        Socket plain = new Socket();
        try {
            InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
            if (address.isUnresolved()) {
                throw new IOException("there is no host of that name");
            }
            plain.connect(address, millis);
            plain.setSoTimeout(millis);
            plain.setTcpNoDelay(true);
            SSLSocket socket = (SSLSocket) PemTls.context(settings)
                    .getSocketFactory()
                    .createSocket(plain, settings.host(), settings.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            // the certificate must be for the very host that was named
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new KmipConnection(socket, settings.timeout());
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Sends a message and waits for the answer to it, as a whole no longer than the time-out. */
    Ttlv exchange(Ttlv request) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        socket.getOutputStream().write(TtlvCodec.encode(request));
        socket.getOutputStream().flush();
        byte[] head = new byte[TtlvCodec.HEAD];
        read(head, 0, head.length, deadline);
        int length = TtlvCodec.valueLength(head);
        if (length > MOST_BYTES) {
            throw new BadTtlv("it would have " + length + " bytes");
        }
        byte[] all = Arrays.copyOf(head, head.length + length);
        read(all, head.length, length, deadline);
        return TtlvCodec.decode(all);
    }

    private void read(byte[] target, int from, int length, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        int done = 0;
        while (done < length) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw late(null);
            }
            socket.setSoTimeout((int) left);
            int count;
            try {
                count = in.read(target, from + done, length - done);
            } catch (SocketTimeoutException e) {
                throw late(e);
            }
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            done += count;
        }
    }

    private IOException late(SocketTimeoutException cause) {
        return new IOException("no whole answer within " + timeout.toMillis() + " ms", cause);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is given up either way
        }
    }
}
