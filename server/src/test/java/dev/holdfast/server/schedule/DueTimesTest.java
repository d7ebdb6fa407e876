package dev.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DueTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void base_isEverySixHoursFromMidnightUtc() {
        assertThat(from("2016-02-21T23:51:41Z", SnapshotSchedule.DEFAULT, 5))
                .containsExactly(
                        "2016-02-22T00:00:00Z",
                        "2016-02-22T06:00:00Z",
                        "2016-02-22T12:00:00Z",
                        "2016-02-22T18:00:00Z",
                        "2016-02-23T00:00:00Z");
    }

    @Test
    void inSpring_aTimeThatIsLeftOut_isDueAnHourLater() {
        // the clock goes from 02:00 to 03:00 on 27 March
        assertThat(from("2016-03-26T12:00:00Z", at(12, 150), 4))
                .containsExactly(
                        "2016-03-26T13:30:00Z", "2016-03-27T01:30:00Z", "2016-03-27T12:30:00Z", "2016-03-28T00:30:00Z");
    }

    @Test
    void inAutumn_aTimeThatComesTwice_isDueTheFirstTime() {
        // the clock goes from 03:00 back to 02:00 on 30 October
        assertThat(from("2016-10-29T20:00:00Z", at(24, 150), 2))
                .containsExactly("2016-10-30T00:30:00Z", "2016-10-31T01:30:00Z");
    }

    @Test
    void classes_areThoseOfTheFirstSnapshotOfTheirPeriod() {
        SnapshotSchedule schedule = at(12, 60);
        Set<String> taken = new HashSet<>();
        List<String> classes = new ArrayList<>();
        DueTimes times = new DueTimes(schedule);
        // Saturday, 30 January 2016, before the reference time
        Instant due = times.next(Instant.parse("2016-01-29T22:00:00Z"));
        for (int i = 0; i < 8; i++) {
            KeepClasses of = KeepClasses.of(schedule, due, (period, key) -> !taken.add(period + key));
            classes.add(
                    (of.day() == null ? "" : "d") + (of.week() == null ? "" : "w") + (of.month() == null ? "" : "m"));
            due = times.next(due);
        }
        // Saturday 1:00 is the first of all; Sunday begins a week, Monday is 1 February
        assertThat(classes).containsExactly("dwm", "", "dw", "", "dm", "", "d", "");
    }

    @Test
    void monthly_isKeptSoManyMonthsOfTheCalendar() {
        KeepClasses all = new KeepClasses("d", "w", "m");
        Instant created = Instant.parse("2016-01-31T05:00:00Z");
        assertThat(all.expires(SnapshotSchedule.DEFAULT, created)).isEqualTo("2017-02-28T05:00:00Z");
        assertThat(new KeepClasses("d", "w", null).expires(SnapshotSchedule.DEFAULT, created))
                .isEqualTo("2016-02-28T05:00:00Z");
        assertThat(new KeepClasses("d", null, null).expires(SnapshotSchedule.DEFAULT, created))
                .isEqualTo("2016-02-07T05:00:00Z");
        assertThat(new KeepClasses(null, null, null).expires(SnapshotSchedule.DEFAULT, created))
                .isEqualTo("2016-02-02T05:00:00Z");
    }

    @Test
    void aClassThatIsOff_isNoSnapshots() {
        SnapshotSchedule baseOnly = new SnapshotSchedule(6, 2, 0, 0, 0, 24, null, 0, BERLIN, DayOfWeek.SUNDAY);
        assertThat(KeepClasses.of(baseOnly, Instant.parse("2016-01-31T05:00:00Z"), (period, key) -> false))
                .isEqualTo(new KeepClasses(null, null, null));
    }

    private static SnapshotSchedule at(int hours, int referenceMinute) {
        return new SnapshotSchedule(hours, 2, 7, 4, 13, 24, null, referenceMinute, BERLIN, DayOfWeek.SUNDAY);
    }

    private static List<String> from(String now, SnapshotSchedule schedule, int count) {
        DueTimes times = new DueTimes(schedule);
        List<String> found = new ArrayList<>();
        Instant due = Instant.parse(now);
        for (int i = 0; i < count; i++) {
            due = times.next(due);
            found.add(due.toString());
        }
        return found;
    }
}
