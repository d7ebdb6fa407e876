package dev.holdfast.dist.command;

import dev.holdfast.dist.completion.Shell;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast completion}. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete the commands and options of this program.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(holdfast completion bash)                                     # this shell, now",
            "  holdfast completion bash > /etc/bash_completion.d/holdfast             # every bash",
            "  holdfast completion zsh > \"${fpath[1]}/_holdfast\"                      # zsh",
            "  holdfast completion fish > ~/.config/fish/completions/holdfast.fish    # fish"
        })
public final class CompletionCommand implements Runnable {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(shell.script(spec.root().commandLine()));
        out.flush();
    }
}
