package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server with something in it and one browser, for all tests of the pages; ended after the last of them. */
final class WebStage implements AutoCloseable {
    private final Path folder;
    private final Installation installation;
    private final Holdfast server;
    private final PublicApi api;
    private final Chromium browser;

    private WebStage() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("holdfast-web");
        installation = Installation.make(folder);
        server = Holdfast.serve(folder, "--data", installation.data().toString(), "--listen", "127.0.0.1:0");
        api = installation.api(server);
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        Random random = new Random(5);
        Files.writeString(dbpath.resolve("WiredTiger"), "WiredTiger 3.2.1");
        for (int day = 0; day < 3; day++) {
            write(dbpath.resolve("collection-" + day + ".wt"), random);
            captured(installation.snapshotOf(server, dbpath, installation.env().get("CLUSTER_ID")));
        }
        write(dbpath.resolve("config.wt"), random);
        captured(installation.snapshot(server, dbpath));
        browser = Chromium.start(folder);
    }

    private static void captured(Command snapshot) {
        assertThat(snapshot.exit()).as(snapshot.err()).isZero();
    }

    private static void write(Path file, Random random) throws IOException {
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        Files.write(file, bytes);
    }

    Chromium browser() {
        return browser;
    }

    String baseUrl() {
        return server.baseUrl();
    }

    String group() {
        return installation.env().get("GROUP_ID");
    }

    String value(String name) {
        return installation.env().get(name);
    }

    PublicApi api() {
        return api;
    }

    /** The API with curl, as the holder of another key. */
    PublicApi api(Key key) {
        return new PublicApi(
                folder,
                Map.of(
                        "BASE_URL", baseUrl(),
                        "GROUP_ID", group(),
                        "PUBLIC_KEY", key.name(),
                        "PRIVATE_KEY", key.secret()));
    }

    /** The pages, with the owner's key signed in. */
    WebPages owner() {
        WebPages pages = new WebPages(this);
        pages.signedInAs(new Key(null, value("PUBLIC_KEY"), value("PRIVATE_KEY")));
        return pages;
    }

    /** The pages, with nobody signed in. */
    WebPages nobody() {
        WebPages pages = new WebPages(this);
        pages.signedOut();
        return pages;
    }

    /** An API key. */
    record Key(String id, String name, String secret) {}

    /** A new key with a role in the project. */
    Key newKey(String role) throws IOException, InterruptedException {
        JsonNode made = api.post(
                api.groupPath() + "/apiKeys", "{\"desc\":\"" + role + " of a test\",\"roles\":[\"" + role + "\"]}");
        return new Key(
                made.path("id").asText(),
                made.path("publicKey").asText(),
                made.path("privateKey").asText());
    }

    /** A new restore job of the replica set, for one download. */
    JsonNode newJob() throws IOException, InterruptedException {
        String cluster = api.groupPath() + "/clusters/" + value("CLUSTER_ID");
        JsonNode latest = api.get(cluster + "/snapshots").path("results").get(0);
        String body = "{\"snapshotId\":\"" + latest.path("id").asText() + "\"}";
        return api.post(cluster + "/restoreJobs", body).path("results").get(0);
    }

    /** Where the page of a job of the replica set is. */
    String jobPage(String id) {
        return "#/projects/" + group() + "/jobs/clusters/" + value("CLUSTER_ID") + "/" + id;
    }

    /** A file that the browser downloaded, once it is whole. */
    Path downloaded(String name) throws InterruptedException {
        Path file = browser.downloads.resolve(name);
        for (int i = 0; i < 300 && !Files.exists(file); i++) {
            Thread.sleep(50);
        }
        assertThat(file).exists();
        return file;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        browser.close();
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Hands the stage to the tests; it is set up for the first of them. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == WebStage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(WebStage.class))
                    .getOrComputeIfAbsent(WebStage.class, type -> open(), WebStage.class);
        }

        private static WebStage open() {
            try {
                return new WebStage();
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
