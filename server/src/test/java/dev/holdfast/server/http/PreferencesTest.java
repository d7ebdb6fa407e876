package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreferencesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            wait=5                          | 5
            Wait = 5                        | 5
            wait="7"                        | 7
            respond-async, wait=10          | 10
            wait=10; x=y, respond-async     | 10
            wait=3, wait=9                  | 3
            wait=61                         | 60
            wait=999999999999999999         | 60
            wait=0                          | -
            wait=-1                         | -
            wait=1.5                        | -
            wait                            | -
            wait=                           | -
            wait=soon, wait=5               | -
            waiting=5                       | -
            return=minimal                  | -
            """)
    void wait_isReadAsRfc7240Says_andBounded(String header, Integer seconds) {
        assertThat(Preferences.waitSeconds(List.of(header)))
                .isEqualTo(seconds == null ? OptionalInt.empty() : OptionalInt.of(seconds));
    }

    @Test
    void severalHeaders_areOneList() {
        assertThat(Preferences.waitSeconds(List.of("respond-async", "wait=4"))).hasValue(4);
        assertThat(Preferences.waitSeconds(List.of())).isEmpty();
    }
}
