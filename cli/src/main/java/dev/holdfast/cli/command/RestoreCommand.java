package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** {@code holdfast restore}. */
@Command(
        name = "restore",
        description = "Asks for a restore, waits for it, and fetches its archives.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example (a whole sharded cluster):",
            "  holdfast restore create --cluster orders --snapshot latest --hours 4",
            "  holdfast restore fetch 56da071f8d022d10b2f0a7c0 --to /restore --extract"
        },
        subcommands = {RestoreCreate.class, RestoreWait.class, RestoreFetch.class})
public final class RestoreCommand extends Group {}
