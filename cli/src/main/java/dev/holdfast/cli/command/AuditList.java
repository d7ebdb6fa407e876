package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.deployment.Names;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast audit list}. */
@Command(
        name = "list",
        description =
                "Records of the audit trail through the API, the latest first: of a project, or of everything for a"
                        + " key that reads every project.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast audit list --project Payments --kind DOWNLOAD --from 2026-03-01T00:00:00Z"
        })
public final class AuditList extends Asking {
    @Option(names = "--kind", paramLabel = "KIND", description = "CHANGE, KEY, SIGN_IN, DOWNLOAD or SNAPSHOT.")
    private String kind;

    @Option(names = "--from", paramLabel = "TIME", description = "Not before that time: ISO 8601 with its offset.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before that time.")
    private String to;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100; 0: all).")
    private int limit = 100;

    @Spec
    private CommandSpec spec;

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 0");
        }
        StringBuilder query = new StringBuilder("/audit?");
        if (project(connection) != null) {
            String group = new Names(connection.api())
                    .project(project(connection))
                    .path("id")
                    .asText();
            query.append("groupId=").append(group).append('&');
        }
        add(query, "kind", kind);
        add(query, "from", from);
        add(query, "to", to);
        List<JsonNode> records = new ArrayList<>();
        connection.api().ofHoldfast().pages(query.substring(0, query.length() - 1), page -> {
            records.addAll(page);
            return limit == 0 || records.size() < limit;
        });
        List<JsonNode> shown = limit == 0 ? records : records.subList(0, Math.min(limit, records.size()));
        output().list(
                        out(),
                        shown,
                        Columns.of(
                                "SEQ=seq",
                                "AT=at",
                                "KIND=kind",
                                "WHAT=what",
                                "WHO=who",
                                "FROM=from",
                                "OUTCOME=outcome"));
    }

    private static void add(StringBuilder query, String name, String value) {
        if (value != null) {
            query.append(name).append('=').append(Api.segment(value)).append('&');
        }
    }
}
