package dev.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** When snapshots are due, over every zone and through every change of the clock. */
class DueTimesProperties {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private record Case(SnapshotSchedule schedule, Instant now) {}

    @Property(tries = 1000)
    void nothingIsDueBetweenTheLatestAndTheNext(@ForAll("anywhere") Case drawn) {
        DueTimes times = new DueTimes(drawn.schedule);
        Instant latest = times.latest(drawn.now);
        Instant next = times.next(drawn.now);
        assertThat(latest).isBeforeOrEqualTo(drawn.now);
        assertThat(next).isAfter(drawn.now);
        assertThat(times.next(latest)).isEqualTo(next);
        assertThat(times.latest(next.minusMillis(1))).isEqualTo(latest);
        assertThat(times.latest(next)).isEqualTo(next);
    }

    @Property(tries = 1000)
    void aWaitIsAnInterval_butForTheChangeOfTheClock(@ForAll("changes") Case drawn) {
        DueTimes times = new DueTimes(drawn.schedule);
        Duration wait = Duration.between(times.latest(drawn.now), times.next(drawn.now));
        // no zone has moved its clock by more than a day
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofHours(drawn.schedule.intervalHours() + 24L));
    }

    @Property(tries = 1000)
    void everyDueTimeIsATimeOfTheClockOnTheWall_orWhatAGapMadeOfOne(@ForAll("changes") Case drawn) {
        Instant due = new DueTimes(drawn.schedule).latest(drawn.now);
        ZonedDateTime local = due.atZone(drawn.schedule.zone());
        int sinceReference =
                Math.floorMod(local.toLocalTime().toSecondOfDay() / 60 - drawn.schedule.referenceMinute(), 1440);
        boolean onTheWall = sinceReference % (drawn.schedule.intervalHours() * 60) == 0
                && local.toLocalTime().getSecond() == 0;
        ZoneOffsetTransition last = drawn.schedule.zone().getRules().previousTransition(due.plusMillis(1));
        boolean afterGap = last != null
                && last.isGap()
                && Duration.between(last.getInstant(), due).compareTo(last.getDuration()) <= 0;
        assertThat(onTheWall || afterGap).as("%s", local).isTrue();
    }

    @Property(tries = 300)
    void aDayHasEachOfItsTimesOnce(@ForAll("changes") Case drawn) {
        DueTimes times = new DueTimes(drawn.schedule);
        ZoneId zone = drawn.schedule.zone();
        Instant begin = drawn.now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        Instant end = drawn.now
                .atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant();
        int count = 0;
        for (Instant due = times.next(begin.minusMillis(1)); due.isBefore(end); due = times.next(due)) {
            count++;
        }
        // what a gap over midnight leaves out comes on the next day; two times never become one but by a gap
        int usual = 24 / drawn.schedule.intervalHours();
        assertThat(count).isBetween(usual - 1, usual + 1);
    }

    @Property(tries = 1000)
    void ofADayOneSnapshotIsTheDays(@ForAll("changes") Case drawn) {
        SnapshotSchedule schedule = drawn.schedule;
        Instant due = new DueTimes(schedule).latest(drawn.now);
        KeepClasses first = KeepClasses.of(schedule, due, (period, key) -> false);
        KeepClasses later = KeepClasses.of(schedule, due, (period, key) -> true);
        assertThat(first.day()).isNotNull();
        assertThat(later).isEqualTo(new KeepClasses(null, null, null));
        assertThat(first.expires(schedule, due)).isAfterOrEqualTo(later.expires(schedule, due));
        // the reference time begins the day, whatever zone and season
        if (due.atZone(schedule.zone())
                .toLocalTime()
                .equals(LocalTime.of(schedule.referenceMinute() / 60, schedule.referenceMinute() % 60))) {
            assertThat(first.day())
                    .isEqualTo(due.atZone(schedule.zone()).toLocalDate().toString());
        }
    }

    @Provide
    Arbitrary<Case> anywhere() {
        return Combinators.combine(schedules(), Arbitraries.longs().between(0, 40L * 366 * 86_400_000))
                .as((schedule, millis) -> new Case(schedule, FIRST.plusMillis(millis)));
    }

    /** Within a day of a change of the clock, where the zone has any. */
    @Provide
    Arbitrary<Case> changes() {
        return Combinators.combine(anywhere(), Arbitraries.longs().between(-86_400_000, 86_400_000))
                .as((drawn, near) -> {
                    ZoneOffsetTransition next = drawn.schedule.zone().getRules().nextTransition(drawn.now);
                    return next == null
                            ? drawn
                            : new Case(drawn.schedule, next.getInstant().plusMillis(near));
                });
    }

    private static Arbitrary<SnapshotSchedule> schedules() {
        Arbitrary<ZoneId> zones = Arbitraries.of(ZoneId.getAvailableZoneIds()).map(ZoneId::of);
        return Combinators.combine(
                        Arbitraries.of(6, 8, 12, 24),
                        Arbitraries.integers().between(0, 1439),
                        zones,
                        Arbitraries.of(DayOfWeek.class))
                .as((hours, reference, zone, day) ->
                        new SnapshotSchedule(hours, 2, 7, 4, 13, 24, null, reference, zone, day));
    }
}
