package dev.holdfast.dist.doctor;

import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Settings that can be used, but perhaps should not be. Those that cannot are found when they are read. */
final class SettingsCheck implements Check {
    private static final String ABOUT = "settings";

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        ServerConfig settings = patient.settings();
        HttpConfig http = settings.http();
        List<Finding> found = new ArrayList<>();
        boolean local = http.loopbackOnly();
        boolean proxied = !http.trustedProxies().isEmpty();
        if (!local && http.tls() == null && !proxied) {
            found.add(Finding.warn(
                    ABOUT,
                    "the server listens on " + http.host()
                            + " without TLS: archives and download links can be read on the" + " way",
                    "set tls.certificate and tls.key, or put a TLS proxy before it and name it in trusted-proxies."));
        }
        if (http.publicUrl() == null && !local) {
            found.add(Finding.warn(
                    ABOUT,
                    "public-url is not set: links begin with whatever Host a request names",
                    "set public-url to what clients use, such as https://backup.example.net:8443."));
        }
        if (http.publicUrl() != null && http.publicUrl().startsWith("http:") && !isLoopback(http.publicUrl())) {
            found.add(Finding.warn(
                    ABOUT,
                    "public-url is " + http.publicUrl() + ": a download link that is read on the way can be used",
                    "use https."));
        }
        if (settings.access().emptyListAdmits()) {
            found.add(Finding.warn(
                    ABOUT,
                    "access.empty-list-admits is on: a key without an access list starts restores from anywhere",
                    "turn it off, and give each key its addresses: holdfast keys create --allow."));
        }
        if (settings.scrub().bytesPerDay() == 0) {
            found.add(Finding.warn(
                    ABOUT,
                    "scrub.bytes-per-day is 0: nobody notices that a disk has lost something",
                    "leave it at its default, or run holdfast verify --budget each night."));
        }
        if (!settings.housekeeping().sweeps()) {
            found.add(Finding.warn(
                    ABOUT,
                    "housekeeping.sweep is off: deleted snapshots never free their space",
                    "turn it on, or run holdfast sweep now and then."));
        }
        openSecrets(patient.settingsFile(), settings, found);
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    ABOUT, patient.settingsFile() == null ? "the defaults" : patient.settingsFile() + " can be used"));
        }
        return found;
    }

    private static boolean isLoopback(String url) {
        return url.startsWith("http://127.") || url.startsWith("http://[::1]") || url.startsWith("http://localhost");
    }

    private static void openSecrets(Path file, ServerConfig settings, List<Finding> found) throws IOException {
        if (file == null
                || settings.database() == null
                || settings.database().password() == null
                || !Files.readString(file).contains(settings.database().password())) {
            return; // a password from the environment is not in the file
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            found.add(Finding.warn(
                    ABOUT,
                    file + " has the database's password in it and everybody may read it",
                    "chmod 640 " + file + ", or take it from the environment: ${?HOLDFAST_DB_PASSWORD}."));
        }
    }
}
