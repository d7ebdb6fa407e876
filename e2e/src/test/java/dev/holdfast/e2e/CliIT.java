package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's restore from the command line, over a link that is cut again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class CliIT {
    private static final int SIZE = 24 << 20;

    @TempDir
    private Path folder;

    private Map<String, String> environment;

    @Test
    void restoreFetch_overABadLink_isOneDownload_andTheDirectoryBitForBit() throws Exception {
        Installation installation = Installation.make(folder);
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] bytes = new byte[SIZE];
        new Random(11).nextBytes(bytes);
        Files.write(dbpath.resolve("collection-0.wt"), bytes);
        Files.write(dbpath.resolve("WiredTiger"), new byte[] {'W'});
        int port = freePort();
        String direct = "http://127.0.0.1:" + port;
        try (CuttingProxy proxy = new CuttingProxy(1_500_000);
                Holdfast server = Holdfast.serve(
                        folder,
                        "--data",
                        installation.data().toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--public-url",
                        proxy.url())) {
            proxy.start(port); // links lead to it, and so does what serve prints
            environment = Map.of(
                    "HOLDFAST_URL", direct,
                    "HOLDFAST_PUBLIC_KEY", installation.env().get("PUBLIC_KEY"),
                    "HOLDFAST_PRIVATE_KEY", installation.env().get("PRIVATE_KEY"));
            Command captured = installation.snapshot(server, dbpath);
            assertThat(captured.exit()).as(captured.err()).isZero();

            JsonNode job = json("restore", "create", "--host", "cfg1.example.net", "--snapshot", "latest")
                    .path(0);
            String id = job.path("id").asText();
            assertThat(holdfast("restore", "wait", id).exit()).isZero();
            Path to = folder.resolve("restored");
            Command fetched = holdfast("restore", "fetch", id, "--extract", to.toString());
            assertThat(fetched.exit()).as(fetched.err()).isZero();
            assertThat(fetched.out()).contains("as the server says");
            assertThat(proxy.cuts()).as("times it was cut").isGreaterThan(10);

            Files.delete(to.resolve("restoreInfo.txt"));
            Command.ok(folder, "diff", "-r", dbpath.toString(), to.toString());

            JsonNode after = json("jobs", "show", id);
            assertThat(after.path("delivery").path("statusName").asText())
                    .as("the one permitted download was counted, and was enough")
                    .isEqualTo("MAX_DOWNLOADS_EXCEEDED");
            assertThat(holdfast(
                                    "restore",
                                    "fetch",
                                    id,
                                    "--to",
                                    folder.resolve("other").toString())
                            .exit())
                    .as("the link is used up")
                    .isEqualTo(4);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private JsonNode json(String... words) throws Exception {
        Command done = holdfast(Stream.concat(Arrays.stream(words), Stream.of("--output", "json"))
                .toArray(String[]::new));
        assertThat(done.exit()).as(done.err()).isZero();
        return new ObjectMapper().readTree(done.out());
    }

    private Command holdfast(String... words) throws Exception {
        return Holdfast.run(folder, environment, words);
    }
}
