package dev.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Loads the web pages in Chromium as somebody does who has never been there: a new profile in each round, then the sign-in
 * page, then the overview with everything loaded anew. Speaks to a running ChromeDriver (W3C WebDriver).
 *
 * <pre>PageLoad DRIVER-URL PAGES-URL USER PASSWORD ROUNDS</pre>
 *
 * <p>Prints for each round what each page took until it was drawn and what was transferred for it: {@code signin_ms},
 * {@code signin_bytes}, {@code overview_ms}, {@code overview_bytes}, {@code overview_files}.
 */
public final class PageLoad {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--disable-dev-shm-usage");

    /** Tells when what a selector names is there, in milliseconds since the page was asked for, and what came for it. */
    private static final String DRAWN = "const [selector, done] = arguments;"
            + "const look = () => {"
            + "  if (!document.querySelector(selector)) { setTimeout(look, 2); return; }"
            + "  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];"
            + "  done({ms: performance.now(), files: all.length,"
            + "    bytes: all.reduce((sum, entry) => sum + entry.transferSize, 0)});"
            + "}; look();";

    private static final String SIGN_IN = "const form = document.querySelector('form');"
            + "form.elements.user.value = arguments[0]; form.elements.key.value = arguments[1];"
            + "form.querySelector('button').click();";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String driver;

    private PageLoad(String driver) {
        this.driver = driver;
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            System.err.println("usage: PageLoad DRIVER-URL PAGES-URL USER PASSWORD ROUNDS");
            System.exit(2);
        }
        PageLoad load = new PageLoad(args[0]);
        for (int round = 0; round < Integer.parseInt(args[4]); round++) {
            load.round(args[1], args[2], args[3]);
        }
    }

    private void round(String pages, String user, String password) throws IOException, InterruptedException {
        ObjectNode wanted = json.createObjectNode();
        ObjectNode always = wanted.putObject("capabilities").putObject("alwaysMatch");
        always.put("pageLoadStrategy", "none");
        FLAGS.forEach(always.putObject("goog:chromeOptions").putArray("args")::add);
        String session = "/session/" + send("POST", "/session", wanted).path("sessionId").asText();
        try {
            open(session, pages);
            print("signin", drawn(session, "form input"));
            script(session, "sync", SIGN_IN, user, password);
            drawn(session, ".figures");
            send("POST", session + "/goog/cdp/execute", command("Network.clearBrowserCache"));
            open(session, "about:blank");
            open(session, pages);
            print("overview", drawn(session, ".figures"));
        } finally {
            send("DELETE", session, null);
        }
    }

    private ObjectNode command(String name) {
        ObjectNode command = json.createObjectNode().put("cmd", name);
        command.putObject("params");
        return command;
    }

    private static void print(String page, JsonNode drawn) {
        System.out.printf(Locale.ROOT, "%s_ms: %.0f%n", page, drawn.path("ms").asDouble());
        System.out.printf(Locale.ROOT, "%s_bytes: %d%n", page, drawn.path("bytes").asLong());
        System.out.printf(Locale.ROOT, "%s_files: %d%n", page, drawn.path("files").asInt());
    }

    private void open(String session, String url) throws IOException, InterruptedException {
        send("POST", session + "/url", json.createObjectNode().put("url", url));
    }

    private JsonNode drawn(String session, String selector) throws IOException, InterruptedException {
        return script(session, "async", DRAWN, selector);
    }

    private JsonNode script(String session, String kind, String text, String... arguments)
            throws IOException, InterruptedException {
        ObjectNode call = json.createObjectNode().put("script", text);
        List.of(arguments).forEach(call.putArray("args")::add);
        return send("POST", session + "/execute/" + kind, call);
    }

    private JsonNode send(String method, String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher bytes = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(driver + path))
                .header("Content-Type", "application/json")
                .method(method, bytes)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = json.readTree(answer.body()).path("value");
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + value.path("message").asText());
        }
        return value;
    }
}
