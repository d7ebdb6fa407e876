package dev.holdfast.dist.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.dist.doctor.Doctor;
import dev.holdfast.dist.doctor.Finding;
import dev.holdfast.dist.doctor.Level;
import dev.holdfast.dist.doctor.Patient;
import dev.holdfast.server.ConfigProblems;
import dev.holdfast.server.ServerConfig;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks over what a server needs: settings, disk, keys, database, store, certificate, reachability, time and",
            "agents. Says of each whether it is well (OK, WARN, FAIL), and how to mend it. Changes nothing, and runs beside",
            "a server or without one; run it as the user that serves, with the settings that serve has."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 nothing FAILs (with --strict: nothing WARNs either); 1 something does; 2 the command was not",
            "understood.",
            "",
            "Examples:",
            "  holdfast doctor --data /var/lib/holdfast --config /etc/holdfast/holdfast.conf",
            "  holdfast doctor --data /var/lib/holdfast --output json"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Mixin
    private ListenOptions listening;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text, or json (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    @Option(names = "--strict", description = "A WARN counts as a FAIL does.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    /** How findings are printed. */
    enum Output {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        List<Finding> found = new ArrayList<>();
        ServerConfig settings;
        try {
            settings = listening.over(config.load());
        } catch (ConfigProblems e) {
            e.problems()
                    .forEach(problem -> found.add(new Finding(
                            "settings",
                            Level.FAIL,
                            problem,
                            "correct " + config.file() + "; docs/configuration.md lists every setting.")));
            settings = ServerConfig.defaults(); // what can be looked at without them
        }
        Patient patient = new Patient(data.directory(), settings, config.file(), Clock.systemUTC(), new SecureRandom());
        boolean misread = !found.isEmpty();
        new Doctor()
                .look(patient).stream()
                        .filter(one -> !misread
                                || one.about().equals("disk")
                                || one.about().equals("keys"))
                        .forEach(found::add);
        print(found);
        boolean ill = found.stream().anyMatch(one -> one.level() == Level.FAIL || strict && one.level() == Level.WARN);
        return ill ? 1 : 0;
    }

    private void print(List<Finding> found) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == Output.JSON) {
            ObjectNode all = ApiJson.mapper().createObjectNode();
            for (Level level : Level.values()) {
                all.put(level.name().toLowerCase(Locale.ROOT), count(found, level));
            }
            ArrayNode findings = all.putArray("findings");
            for (Finding one : found) {
                findings.addObject()
                        .put("about", one.about())
                        .put("level", one.level().name())
                        .put("words", one.words())
                        .put("mend", one.mend());
            }
            out.println(new String(ApiJson.write(all, true), StandardCharsets.UTF_8));
        } else {
            for (Finding one : found) {
                out.println(String.format(Locale.ROOT, "%-4s  %-12s  %s", one.level(), one.about(), one.words()));
                if (!one.mend().isEmpty()) {
                    out.println(" ".repeat(20) + "mend: " + one.mend());
                }
            }
            out.println(count(found, Level.OK) + " OK, " + count(found, Level.WARN) + " WARN, "
                    + count(found, Level.FAIL) + " FAIL");
        }
        out.flush();
    }

    private static long count(List<Finding> found, Level level) {
        return found.stream().filter(one -> one.level() == level).count();
    }
}
