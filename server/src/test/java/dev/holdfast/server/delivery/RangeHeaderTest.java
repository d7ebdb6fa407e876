package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RangeHeaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bytes=0-0                        | 0-1
                    bytes=0-                         | 0-1000
                    BYTES=5-9                        | 5-10
                    bytes=990-5000                   | 990-1000
                    bytes=-1                         | 999-1000
                    bytes=-5000                      | 0-1000
                    bytes=0-99999999999999999999999  | 0-1000
                    bytes= 5-9 , ,20-29              | 5-10,20-30
                    bytes=20-29,5-9                  | 5-10,20-30
                    bytes=5-9,10-19,8-30             | 5-31
                    bytes=5-9,1000-                  | 5-10
                    bytes=1000-                      | ''
                    bytes=-0                         | ''
                    bytes=99999999999999999999-      | ''
                    """)
    void aHeader_saysWhichBytes(String header, String ranges) {
        assertThat(RangeHeader.parse(header, 1000).orElseThrow().text()).isEqualTo(ranges);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=9-2",
                "bytes=1-2-3",
                "bytes=+1-2",
                "bytes=0x1-2",
                "bytes=1-2;q=1",
                "lines=1-2",
                "bytes=\u0661-\u0662",
                "bytes=1-2,x"
            })
    void aHeaderThatCannotBeRead_isIgnored(String header) {
        assertThat(RangeHeader.parse(header, 1000)).isEmpty();
    }

    @Test
    void tooManyRanges_areIgnored_unlessTheyJoin() {
        assertThat(RangeHeader.parse(null, 1000)).isEmpty();
        assertThat(RangeHeader.parse(every(3, 17), 1000)).isEmpty();
        assertThat(RangeHeader.parse(every(3, 16), 1000).orElseThrow().ranges()).hasSize(16);
        assertThat(RangeHeader.parse(every(2, 17), 1000).orElseThrow().text()).isEqualTo("0-34");
    }

    private static String every(int step, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i * step + "-" + (i * step + 1))
                .collect(Collectors.joining(",", "bytes=", ""));
    }
}
