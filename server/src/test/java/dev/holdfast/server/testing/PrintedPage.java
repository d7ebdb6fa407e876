package dev.holdfast.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the repository that is printed from the code. What it says changes only together with the code, and in a
 * diff that a reviewer sees. {@code -Dpages.write=true} writes it anew.
 */
public final class PrintedPage {
    private PrintedPage() {}

    /** Checks that {@code file} is what was printed. */
    public static void check(Path file, String printed) throws IOException {
        if (Boolean.getBoolean("pages.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, printed);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s; write it with -Dpages.write=true", file)
                .isEqualTo(printed);
    }
}
