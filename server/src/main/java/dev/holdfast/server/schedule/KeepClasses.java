package dev.holdfast.server.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Which classes of retention a snapshot belongs to: always the base, and the first that is taken of a day, week or month
 * is that one's too. A day begins at the reference time, a week with the schedule's day, a month with its first day. So
 * when the snapshot of the reference time was missed, the next one takes its place.
 *
 * @param day the day's key, null if the snapshot is not the day's
 * @param week the week's key, null if it is not the week's
 * @param month the month's key, null if it is not the month's
 */
record KeepClasses(String day, String week, String month) {
    /** Asks whether a snapshot that was taken, or is being taken, is that of a period already. */
    interface Taken extends BiPredicate<Period, String> {}

    /** A kind of period. */
    enum Period {
        DAY,
        WEEK,
        MONTH
    }

    /** The classes of the snapshot that was due at {@code due}. */
    static KeepClasses of(SnapshotSchedule schedule, Instant due, Taken taken) {
        LocalDate date = due.atZone(schedule.zone())
                .toLocalDateTime()
                .minusMinutes(schedule.referenceMinute())
                .toLocalDate();
        String day = date.toString();
        String week =
                date.with(TemporalAdjusters.previousOrSame(schedule.fullDay())).toString();
        String month = YearMonth.from(date).toString();
        return new KeepClasses(
                schedule.dailyDays() > 0 && !taken.test(Period.DAY, day) ? day : null,
                schedule.weeklyWeeks() > 0 && !taken.test(Period.WEEK, week) ? week : null,
                schedule.monthlyMonths() > 0 && !taken.test(Period.MONTH, month) ? month : null);
    }

    /** Until when it is kept: as long as the longest of its classes says. */
    Instant expires(SnapshotSchedule schedule, Instant created) {
        ZonedDateTime from = created.atZone(schedule.zone());
        return Stream.of(
                        from.plusDays(schedule.retentionDays()),
                        from.plusDays(day == null ? 0 : schedule.dailyDays()),
                        from.plusWeeks(week == null ? 0 : schedule.weeklyWeeks()),
                        from.plusMonths(month == null ? 0 : schedule.monthlyMonths()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .toInstant();
    }
}
