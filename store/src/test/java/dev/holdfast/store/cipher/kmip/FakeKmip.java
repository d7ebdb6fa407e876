package dev.holdfast.store.cipher.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that listens and answers each request with given bytes, in the clear: for what a real server never does. */
final class FakeKmip implements AutoCloseable {
    interface Answer {
        void to(byte[] request, OutputStream out) throws IOException;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    private final Thread thread;

    /** Closes each connection after {@code perConnection} answers. */
    FakeKmip(int perConnection, Answer answer) throws IOException {
        thread = new Thread(() -> serve(perConnection, answer), "fake-kmip");
        thread.setDaemon(true);
        thread.start();
    }

    KmipClient.Connector connector(java.time.Duration timeout) {
        return () -> new KmipConnection(new Socket(listener.getInetAddress(), listener.getLocalPort()), timeout);
    }

    private void serve(int perConnection, Answer answer) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                connections.incrementAndGet();
                InputStream in = socket.getInputStream();
                for (int i = 0; i < perConnection; i++) {
                    byte[] head = in.readNBytes(8);
                    if (head.length < 8) {
                        break;
                    }
                    byte[] rest = in.readNBytes(TtlvCodec.valueLength(head));
                    byte[] request = java.util.Arrays.copyOf(head, 8 + rest.length);
                    System.arraycopy(rest, 0, request, 8, rest.length);
                    answer.to(request, socket.getOutputStream());
                }
            } catch (IOException e) {
                // the client went away, or the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    static byte[] success(Ttlv... payload) {
        return response(
                Ttlv.enumeration(KmipTags.RESULT_STATUS, 0), Ttlv.structure(KmipTags.RESPONSE_PAYLOAD, payload));
    }

    static byte[] failure(int reason, String message) {
        return response(
                Ttlv.enumeration(KmipTags.RESULT_STATUS, 1),
                Ttlv.enumeration(KmipTags.RESULT_REASON, reason),
                Ttlv.text(KmipTags.RESULT_MESSAGE, message));
    }

    private static byte[] response(Ttlv... item) {
        return TtlvCodec.encode(Ttlv.structure(KmipTags.RESPONSE_MESSAGE, Ttlv.structure(KmipTags.BATCH_ITEM, item)));
    }
}
