package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.deployment.Names;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A cluster or a mirrored config server. For an {@code @ArgGroup}, which allows one of them. */
final class PlaceOptions {
    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "Id or name of a cluster.")
    private String cluster;

    @Option(names = "--host", paramLabel = "HOST", description = "Id, name:port or name of a mirrored config server.")
    private String host;

    /** Its path in the API. */
    String path(Api api, String project) throws IOException, InterruptedException {
        Names names = new Names(api);
        String group = names.project(project).path("id").asText();
        JsonNode found = cluster != null ? names.cluster(group, cluster) : names.host(group, host);
        return "/groups/" + group + (cluster != null ? "/clusters/" : "/hosts/")
                + found.path("id").asText();
    }
}
