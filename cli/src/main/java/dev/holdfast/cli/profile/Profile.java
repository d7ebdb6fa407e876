package dev.holdfast.cli.profile;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * Where and who.
 *
 * @param url scheme, host and port of the server
 * @param project id or name to work in unless one is given; null for none
 * @param authorities PEM certificates to trust in place of Java's; null for Java's
 */
public record Profile(URI url, Credentials credentials, String project, Path authorities) {
    /** Where it is looked for without {@code --profile-file}, below the home directory. */
    public static final String DEFAULT_FILE = ".config/holdfast/cli.conf";

    private static final String HINT = "set HOLDFAST_URL, HOLDFAST_PUBLIC_KEY and HOLDFAST_PRIVATE_KEY, or write url,"
            + " publicKey and privateKey into ~/" + DEFAULT_FILE + ".";

    /**
     * Puts a profile together.
     *
     * @param file the file; if it is not there, everything must come from the environment
     * @param required whether the file was named, and so must be there
     * @param name which of its {@code profiles}; null for the file's top level alone
     * @param environment variables, which win over the file
     * @throws CliTrouble if something is missing or wrong
     */
    public static Profile load(Path file, boolean required, String name, Map<String, String> environment)
            throws IOException {
        Config config = config(file, required || name != null, name);
        String url = value(config, "url", environment, "HOLDFAST_URL");
        String publicKey = value(config, "publicKey", environment, "HOLDFAST_PUBLIC_KEY");
        String privateKey = value(config, "privateKey", environment, "HOLDFAST_PRIVATE_KEY");
        if (url == null) {
            throw CliTrouble.failed("it is not known where the server is", HINT);
        }
        if (publicKey == null || privateKey == null) {
            throw CliTrouble.failed("it is not known with which API key to ask " + url, HINT);
        }
        String authorities = value(config, "ca", environment, "HOLDFAST_CA");
        return new Profile(
                url(url),
                new Credentials(publicKey, privateKey),
                value(config, "project", environment, "HOLDFAST_PROJECT"),
                authorities == null ? null : Path.of(authorities));
    }

    private static Config config(Path file, boolean required, String name) throws IOException {
        if (!Files.exists(file)) {
            if (required) {
                throw CliTrouble.failed("there is no profile file " + file, HINT);
            }
            return ConfigFactory.empty();
        }
        try {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            if (name != null) {
                String path = "profiles.\"" + name.replace("\"", "") + "\"";
                if (!config.hasPath(path)) {
                    throw CliTrouble.failed(
                            "there is no profile " + name + " in " + file,
                            "it has: "
                                    + (config.hasPath("profiles")
                                            ? config.getObject("profiles").keySet()
                                            : "none"));
                }
                config = config.getConfig(path).withFallback(config);
            }
            requireOwn(file, config);
            return config;
        } catch (ConfigException e) {
            // its message may show the line, and the line may be the key
            throw CliTrouble.failed(
                    file + " is not a profile file" + line(e), "it has lines such as url = \"https://backup:8443\".");
        }
    }

    private static String line(ConfigException e) {
        return e.origin() == null ? "" : " (line " + e.origin().lineNumber() + ")";
    }

    private static void requireOwn(Path file, Config config) throws IOException {
        if (!config.hasPath("privateKey")
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        open.removeIf(permission -> permission.name().startsWith("OWNER_"));
        if (!open.isEmpty()) {
            throw CliTrouble.failed(file + " has a private key in it and is open to other users", "chmod 600 " + file);
        }
    }

    private static String value(Config config, String path, Map<String, String> environment, String variable) {
        String given = environment.get(variable);
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        return config.hasPath(path) ? config.getString(path) : null;
    }

    private static URI url(String text) throws IOException {
        try {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // the same trouble
        }
        throw CliTrouble.failed("the server's address is not a URL: " + text, "it is such as https://backup:8443");
    }
}
