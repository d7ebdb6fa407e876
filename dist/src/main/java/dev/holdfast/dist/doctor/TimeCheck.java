package dev.holdfast.dist.doctor;

import dev.holdfast.database.DatabaseLook;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.http.HttpConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** This machine's clock against every other that can be asked: the server's, and PostgreSQL's. */
final class TimeCheck implements Check {
    private static final String ABOUT = "time";
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Duration FAR = Duration.ofMinutes(1);
    private static final String MEND =
            "let chrony or systemd-timesyncd set the clocks (timedatectl status): links would end too early or too late,"
                    + " and snapshots bear wrong times.";

    @Override
    public List<Finding> look(Patient patient) {
        List<Finding> found = new ArrayList<>();
        HttpConfig http = patient.settings().http();
        List<String> urls = new ArrayList<>();
        if (patient.directory().isServed() && http.port() != 0) {
            urls.add(ReachabilityCheck.ownUrl(http));
        }
        if (http.publicUrl() != null) {
            urls.add(http.publicUrl());
        }
        for (String url : urls) {
            try {
                Answer answer = Answer.of(url + "/healthz", ReachabilityCheck.ownCertificate(http));
                if (answer.date() != null) {
                    found.add(compare(patient.clock().instant(), answer.date(), url));
                }
            } catch (IOException e) {
                continue; // reachability tells
            }
        }
        if (patient.settings().database() != null) {
            try {
                DatabaseLook look = DatabaseLook.at(DatabaseCheck.config(patient), ServerWiring.MIGRATIONS);
                if (look.now() != null) {
                    found.add(compare(patient.clock().instant(), look.now(), "the database"));
                }
            } catch (DatabaseTrouble e) {
                return found; // the database's own check tells
            }
        }
        if (found.isEmpty()) {
            found.add(
                    Finding.ok(ABOUT, "it is " + patient.clock().instant() + " here; there is no other clock to ask"));
        }
        return found;
    }

    /** {@code there} may be cut off to its second. */
    static Finding compare(Instant here, Instant there, String whose) {
        Duration apart = Duration.between(there, here).abs();
        String words = "the clock here and that of " + whose + " are " + apart.toSeconds() + " s apart";
        if (apart.compareTo(FAR) > 0) {
            return Finding.fail(ABOUT, words, MEND);
        }
        return apart.compareTo(CLOSE) > 0 ? Finding.warn(ABOUT, words, MEND) : Finding.ok(ABOUT, words);
    }
}
