package dev.holdfast.cli.command;

import dev.holdfast.cli.Api;
import dev.holdfast.cli.deployment.ApiKeys;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whose API keys. */
final class KeyScope {
    @ArgGroup(multiplicity = "0..1")
    private Other other;

    /** Not the project's. */
    private static final class Other {
        @Option(names = "--org", paramLabel = "ORG", description = "Keys of that organisation, by its id.")
        private String organisation;

        @Option(names = "--global", description = "Keys of the whole installation.")
        private boolean global;
    }

    ApiKeys keys(Api api, String project) throws IOException, InterruptedException {
        if (other == null) {
            return ApiKeys.ofProject(api, project);
        }
        return other.global ? ApiKeys.ofAll(api) : ApiKeys.ofOrganisation(api, other.organisation);
    }
}
