package dev.holdfast.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares whole documents with files under {@code src/test/resources/publicapi}, byte for byte. What the API answers
 * changes only together with a file that a reviewer sees; and it is what its record's JSON Schema says. {@code -Dgolden.write=true} writes them anew; read the diff.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/publicapi");

    private Golden() {}

    /** Checks status and document against the file {@code NAME.STATUS.json}. */
    public static void check(String name, int status, Answer answer) {
        String document = new String(ApiJson.write(answer.document(), true), StandardCharsets.UTF_8) + "\n";
        assertThat(answer.status()).as("status of %s: %s", name, document).isEqualTo(status);
        assertThat(DocumentCheck.faults(answer.document()))
                .as("%s against its schema: %s", name, document)
                .isEmpty();
        Path file = FOLDER.resolve(name + "." + status + ".json");
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, document);
            }
            assertThat(file)
                    .as("golden file; write it with -Dgolden.write=true")
                    .exists();
            assertThat(document).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
