package dev.holdfast.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sends requests exactly as they are given and reads answers, over one connection that is opened anew when the server
 * has closed it: no proper client sends what these tests must.
 */
final class WireClient implements AutoCloseable {
    private final int port;
    private Socket socket;
    private InputStream in;

    WireClient(int port) {
        this.port = port;
    }

    /** One request; {@code headers} are lines, Host and Content-Length are added unless there. */
    WireAnswer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        byte[] request = request(method, target, headers, body);
        boolean fresh = socket == null;
        if (!fresh) {
            WireAnswer answer = exchange(method, request);
            if (answer != null) {
                return answer;
            }
        }
        // the server had closed an idle connection, as it may
        open();
        WireAnswer answer = exchange(method, request);
        if (answer == null) {
            throw new AssertionError("no answer to " + method + " " + target);
        }
        return answer;
    }

    private byte[] request(String method, String target, List<String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!has(headers, "host")) {
            head.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body.length > 0 && !has(headers, "content-length")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        return bytes.toByteArray();
    }

    private WireAnswer exchange(String method, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (SocketException e) {
            // a refusal may have come before all was sent
        }
        try {
            return read(method);
        } catch (SocketException e) {
            close();
            return null;
        }
    }

    private WireAnswer read(String method) throws IOException {
        String statusLine = line();
        if (statusLine == null) {
            close();
            return null;
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        String[] parts = statusLine.split(" ", 3);
        int status = Integer.parseInt(parts[1]);
        WireAnswer head = new WireAnswer(status, parts.length > 2 ? parts[2] : "", headers, new byte[0]);
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        int length = bodiless ? 0 : Integer.parseInt(head.header("Content-Length"));
        WireAnswer answer = new WireAnswer(status, head.reason(), headers, in.readNBytes(length));
        if ("close".equalsIgnoreCase(answer.header("Connection"))) {
            close();
        }
        return answer;
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

    private void open() throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private static boolean has(List<String> headers, String name) {
        return headers.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"));
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
