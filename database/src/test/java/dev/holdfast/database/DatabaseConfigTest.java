package dev.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password may be in the URL too, as drivers allow; nobody is shown it. */
final class DatabaseConfigTest {
    private static final String SECRET = "hunter2";

    @Test
    void text_hasNoPassword() {
        String url = "jdbc:postgresql://db.example.net/holdfast?user=h&password=" + SECRET;
        assertThat(DatabaseConfig.postgres(url, "h", SECRET).toString())
                .contains("jdbc:postgresql://db.example.net/holdfast")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.net:port/holdfast?password=" + SECRET,
                "jdbc:postgresql://127.0.0.1:1:2/holdfast?password=" + SECRET,
                "jdbc:mysql://db.example.net/holdfast?password=" + SECRET,
                "postgres://holdfast:" + SECRET + "@db.example.net/holdfast",
            })
    void refusal_ofAnUnusableUrl_doesNotQuoteIt(String url) {
        Throwable refusal = catchThrowable(() -> Database.open(DatabaseConfig.postgres(url, null, null), List.of())
                .close());
        assertThat(refusal).hasMessageContaining("database");
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(SECRET);
    }
}
