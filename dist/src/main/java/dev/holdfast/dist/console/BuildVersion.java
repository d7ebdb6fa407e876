package dev.holdfast.dist.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which build this is, as the build wrote it down. */
public final class BuildVersion implements IVersionProvider {
    private final Properties properties = new Properties();

    /** Reads the build's own note. */
    public BuildVersion() {
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A semantic version. */
    public String version() {
        return properties.getProperty("version");
    }

    /** The commit, or {@code unknown}. */
    public String gitHash() {
        return properties.getProperty("gitHash");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "holdfast " + version() + " (" + gitHash() + ")",
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
