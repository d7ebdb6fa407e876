package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.deployment.ApiKeys;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Columns;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast keys}. */
@Command(
        name = "keys",
        description = {
            "Shows, makes and deletes API keys: of a project, of an organisation, or of the whole installation.",
            "The keys that a store is encrypted with are another thing: holdfast store-keys."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast keys list --project Payments"},
        subcommands = {KeysCommand.All.class, KeysCommand.One.class, KeysCommand.Create.class, KeysCommand.Delete.class
        })
public final class KeysCommand extends Group {
    /** {@code holdfast keys list}. */
    @Command(
            name = "list",
            description = "All of them. Private keys are masked.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast keys list"})
    static final class All extends Asking {
        @Mixin
        private KeyScope scope;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            List<JsonNode> keys =
                    scope.keys(connection.api(), project(connection)).all();
            output().list(
                            out(),
                            keys,
                            Columns.of("KEY=id", "PUBLIC KEY=publicKey", "FOR=desc", "ROLES=roles[].roleName"));
        }
    }

    /** {@code holdfast keys show}. */
    @Command(
            name = "show",
            description = "Everything about one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast keys show ewmaqvdo"})
    static final class One extends Asking {
        @Mixin
        private KeyScope scope;

        @Parameters(paramLabel = "KEY", description = "Its id, or its public key.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            output().one(
                            out(),
                            scope.keys(connection.api(), project(connection)).find(given));
        }
    }

    /** {@code holdfast keys create}. */
    @Command(
            name = "create",
            description = {
                "Makes a key. Its private half is in what this prints, and never again anywhere.",
                "Until addresses are allowed to it, the key starts no restores (--allow, for whoever may see the"
                        + " organisation)."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  holdfast keys create --for 'nightly drill' --role GROUP_BACKUP_ADMIN --allow 192.0.2.0/24"
            })
    static final class Create extends Asking {
        @Mixin
        private KeyScope scope;

        @Option(names = "--for", required = true, paramLabel = "WORDS", description = "What it is for.")
        private String purpose;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "As GROUP_READ_ONLY or GROUP_OWNER, of an organisation ORG_..., of all GLOBAL_...; may be"
                        + " given several times.")
        private List<String> roles;

        @Option(
                names = "--allow",
                paramLabel = "ADDRESS",
                description = "An address or CIDR block from which it may start restores; may be given several times.")
        private List<String> allowed = List.of();

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            Api api = connection.api();
            ApiKeys keys = scope.keys(api, project(connection));
            if (!allowed.isEmpty() && keys.organisation() == null) {
                throw CliTrouble.failed(
                        "keys of the whole installation have one access list in common",
                        "leave --allow out; POST .../admin/accessList adds to it.");
            }
            ObjectNode body = ApiJson.mapper().createObjectNode().put("desc", purpose);
            ArrayNode names = body.putArray("roles");
            roles.forEach(names::add);
            JsonNode made = keys.create(body);
            // printed first: whatever else goes wrong, this is not to be had again
            output().one(out(), made);
            if (!allowed.isEmpty()) {
                keys.allow(made, allowed);
            }
        }
    }

    /** {@code holdfast keys delete}. */
    @Command(
            name = "delete",
            description = "Deletes a key. In a project it loses its roles there; the key itself stays, for it may have"
                    + " roles elsewhere.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast keys delete ewmaqvdo"})
    static final class Delete extends Asking {
        @Mixin
        private KeyScope scope;

        @Parameters(paramLabel = "KEY", description = "Its id, or its public key.")
        private String given;

        @Override
        void run(Connection connection) throws IOException, InterruptedException {
            ApiKeys keys = scope.keys(connection.api(), project(connection));
            JsonNode key = keys.find(given);
            keys.delete(key);
            out().println("key " + key.path("publicKey").asText() + " ("
                    + key.path("id").asText() + ") "
                    + (keys.isOfProject() ? "has no role in the project any more" : "is deleted"));
            out().flush();
        }
    }
}
