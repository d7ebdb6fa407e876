package dev.holdfast.server.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The moments at which snapshots of a schedule are due. They are times of the clock on the wall in the schedule's zone:
 * the reference time, and from it every interval round the day. A time that a change of the clock leaves out is due that
 * much later; one that comes twice is due the first time. So a day has each of its times once, whatever its length.
 */
final class DueTimes {
    private static final int MINUTES_OF_DAY = 1440;
    // a zone may leave out a whole day, so the neighbours' neighbours are looked at too
    private static final int DAYS_AROUND = 3;

    private final SnapshotSchedule schedule;

    DueTimes(SnapshotSchedule schedule) {
        this.schedule = schedule;
    }

    /** The latest one that is not after {@code now}. */
    Instant latest(Instant now) {
        return Optional.ofNullable(around(now).floor(now))
                .orElseThrow(() -> new IllegalStateException("nothing was ever due before " + now));
    }

    /** The first one after {@code now}. */
    Instant next(Instant now) {
        return Optional.ofNullable(around(now).higher(now))
                .orElseThrow(() -> new IllegalStateException("nothing is ever due after " + now));
    }

    private TreeSet<Instant> around(Instant now) {
        TreeSet<Instant> times = new TreeSet<>();
        LocalDate today = now.atZone(schedule.zone()).toLocalDate();
        for (int day = -DAYS_AROUND; day <= DAYS_AROUND; day++) {
            LocalDate date = today.plusDays(day);
            for (int hours = 0; hours < 24; hours += schedule.intervalHours()) {
                int minute = (schedule.referenceMinute() + hours * 60) % MINUTES_OF_DAY;
                LocalTime time = LocalTime.of(minute / 60, minute % 60);
                times.add(ZonedDateTime.of(date, time, schedule.zone()).toInstant());
            }
        }
        return times;
    }
}
