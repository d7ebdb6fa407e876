package dev.holdfast.cli.command;

import dev.holdfast.cli.Exit;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.cli.show.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand that asks a server. */
abstract class Asking implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        run(server.connect());
        return Exit.DONE;
    }

    /** Does it; whatever cannot be done is thrown. */
    abstract void run(Connection connection) throws IOException, InterruptedException;

    final String project(Connection connection) {
        return server.project(connection);
    }

    final Output output() {
        return server.output();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
