package dev.holdfast.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlainWordsTest {
    @Test
    void timesAreRoundedDown_toTheUnitThatPeopleWouldSay() {
        assertThat(PlainWords.time(Duration.ofSeconds(59))).isEqualTo("0 minutes");
        assertThat(PlainWords.time(Duration.ofMinutes(1))).isEqualTo("1 minute");
        assertThat(PlainWords.time(Duration.ofMinutes(59))).isEqualTo("59 minutes");
        assertThat(PlainWords.time(Duration.ofMinutes(119))).isEqualTo("1 hour");
        assertThat(PlainWords.time(Duration.ofHours(47))).isEqualTo("47 hours");
        assertThat(PlainWords.time(Duration.ofHours(49))).isEqualTo("2 days");
    }

    @Test
    void sizesHaveOneDecimal_inTheUnitThatKeepsThemSmall() {
        assertThat(PlainWords.size(0)).isEqualTo("0 bytes");
        assertThat(PlainWords.size(1023)).isEqualTo("1023 bytes");
        assertThat(PlainWords.size(1536)).isEqualTo("1.5 KiB");
        assertThat(PlainWords.size(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void namesAreCutOff_whenThereAreMany() {
        assertThat(PlainWords.names(List.of("a"))).isEqualTo("a");
        assertThat(PlainWords.names(List.of("a", "b", "c"))).isEqualTo("a, b, c");
        assertThat(PlainWords.names(List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b, c and 2 more");
    }
}
