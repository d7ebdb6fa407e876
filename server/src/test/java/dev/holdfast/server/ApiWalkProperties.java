package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Calls in any order: counts, states, pages and links stay right. */
class ApiWalkProperties {
    private static Path directory;
    private static WiredServer server;
    private static SignedClient owner;

    @BeforeContainer
    static void start() throws IOException {
        directory = Files.createTempDirectory("holdfast-walk");
        server = new WiredServer(directory);
        owner = server.client(server.owner);
        // an answer of the walk is compared with what a document says, so it begins with a snapshot that may go
        new ApiWalk(server, owner, bound -> 0).take(ApiWalk.Step.LET_SNAPSHOT_GO);
    }

    @AfterContainer
    static void stop() throws IOException {
        owner.close();
        server.close();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void whateverIsCalled_theInvariantsHold(@ForAll @Size(min = 5, max = 25) List<ApiWalk.Step> steps, @ForAll int seed)
            throws IOException {
        Random random = new Random(seed);
        ApiWalk walk = new ApiWalk(server, owner, random::nextInt);
        walk.take(ApiWalk.Step.LET_SNAPSHOT_GO);
        for (ApiWalk.Step step : steps) {
            walk.take(step);
            walk.check();
        }
        walk.checkEveryList();
    }
}
