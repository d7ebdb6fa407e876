package dev.holdfast.server.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

final class ScrubSettingsTest {
    @Test
    void pause_mayGoOverMidnight() {
        ScrubSettings day = ScrubSettings.DEFAULTS.withPause("8-20");
        assertThat(day.pausesAt(LocalTime.of(8, 0))).isTrue();
        assertThat(day.pausesAt(LocalTime.of(19, 59))).isTrue();
        assertThat(day.pausesAt(LocalTime.of(20, 0))).isFalse();
        ScrubSettings night = ScrubSettings.DEFAULTS.withPause("22-6");
        assertThat(night.pausesAt(LocalTime.of(23, 0))).isTrue();
        assertThat(night.pausesAt(LocalTime.of(5, 0))).isTrue();
        assertThat(night.pausesAt(LocalTime.of(6, 0))).isFalse();
        assertThat(ScrubSettings.DEFAULTS.pausesAt(LocalTime.NOON)).isFalse();
    }

    @Test
    void bytesOfADay_areSpreadOverTheHoursWithoutAPause() {
        ScrubSettings day = new ScrubSettings(24_000, 0, 0);
        assertThat(day.bytesIn(Duration.ofHours(1))).isEqualTo(1000);
        assertThat(day.withPause("8-20").bytesIn(Duration.ofHours(1))).isEqualTo(2000);
        assertThat(day.withPause("22-10").bytesIn(Duration.ofHours(1))).isEqualTo(2000);
    }

    @Test
    void pauseThatIsNone_isRefused() {
        for (String bad : new String[] {"8", "8-25", "24-3", "eight-nine", "8-20-3", ""}) {
            assertThatThrownBy(() -> ScrubSettings.DEFAULTS.withPause(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
