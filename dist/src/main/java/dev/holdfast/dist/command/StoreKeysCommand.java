package dev.holdfast.dist.command;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.KeyStatus;
import dev.holdfast.store.cipher.Rotation;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.cipher.keyfile.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast store-keys}. */
@Command(
        name = "store-keys",
        description = {
            "Shows and changes the keys of an encrypted store, also beside a running server.",
            "Each project's data keys are in the store, wrapped with a master key that is not."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  holdfast store-keys make /etc/holdfast/store.keys",
            "  holdfast store-keys rotate --data /var/lib/holdfast --config /etc/holdfast/holdfast.conf"
        })
public final class StoreKeysCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what: make, list, status or rotate");
    }

    @Command(
            name = "make",
            description = {
                "Makes a key file, or adds a key to one; prints the key's id, never the key.",
                "The last key of the file wraps new data keys."
            },
            mixinStandardHelpOptions = true)
    int make(@Parameters(paramLabel = "FILE", description = "The key file.") Path file) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(KeyFile.add(file, new SecureRandom()) + " in " + file);
        out.println("Keep a copy of that file elsewhere: without it nobody reads the store.");
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the data keys of every project, and which master key wraps them. Needs no master key.",
            mixinStandardHelpOptions = true)
    int list(@Mixin DataOption data, @Mixin ConfigOption config) {
        return with(data, config, keys -> {
            print(keys.status());
            return 0;
        });
    }

    @Command(
            name = "status",
            description = {
                "Says where master keys come from and whether the store's can be used now.",
                "Exit status: 0 it can, 1 it cannot (the message says why)."
            },
            mixinStandardHelpOptions = true)
    int status(@Mixin DataOption data, @Mixin ConfigOption config) {
        return with(data, config, keys -> {
            PrintWriter out = spec.commandLine().getOut();
            KeyStatus status = keys.status();
            out.println("master keys   " + status.place());
            try {
                out.println("master key    " + keys.probe() + ", works");
            } catch (Unavailable e) {
                out.println("master key    " + status.masterKey() + ", cannot be used: " + e.getMessage());
                return 1;
            }
            out.println("projects      " + status.projects().size()
                    + (status.isMixed() ? "; a rotation was cut short: run holdfast store-keys rotate" : ""));
            return 0;
        });
    }

    @Command(
            name = "rotate",
            description = {
                "Wraps every project's data keys with a new master key: the KMIP server makes one, or the key file's last",
                "line is it (one is added if that is in use already). No snapshot is encrypted anew, and restores go on.",
                "Nodes that share a key file must all have the new line first: holdfast store-keys make, copy, then rotate."
            },
            mixinStandardHelpOptions = true)
    int rotate(
            @Mixin DataOption data,
            @Mixin ConfigOption config,
            @Option(
                            names = "--data-keys",
                            description = "Also one more data key for each project, for what is written from now on.")
                    boolean dataKeys) {
        return with(data, config, keys -> {
            Rotation done = keys.rotate(dataKeys);
            PrintWriter out = spec.commandLine().getOut();
            out.println((done.finishedOnly() ? "finished an earlier rotation: " : "rotated: ") + done.rings()
                    + " projects are wrapped with " + done.masterKey());
            if (!done.finishedOnly()) {
                out.println("No project needs " + done.before() + " any more; backups of the store from before do.");
            }
            return 0;
        });
    }

    private int with(DataOption data, ConfigOption config, ToIntFunction<StoreKeys> work) {
        DataDirectory directory = data.existing();
        try (BlobStore blobs = StoreBlobs.open(directory, config.load(), Clock.systemUTC(), new SecureRandom())) {
            StoreKeys keys = StoreBlobs.keys(blobs);
            if (keys == null) {
                throw new IllegalArgumentException("the settings name no key: is the store encrypted?"
                        + "\nHINT: give the settings that serve has, with encryption.key-file or encryption.kmip, as"
                        + " --config.");
            }
            return work.applyAsInt(keys);
        }
    }

    private void print(KeyStatus status) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("master key of the store: " + status.masterKey());
        for (KeyStatus.ProjectRing ring : status.projects()) {
            out.println("project " + ring.project() + "  data keys " + ring.dataKeys() + "  ring " + ring.number()
                    + "  " + ring.masterKey());
        }
    }
}
