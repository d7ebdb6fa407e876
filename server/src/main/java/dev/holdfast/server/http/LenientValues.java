package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms in which clients write numbers, booleans and dates. */
final class LenientValues {
    // bounded, so that no text makes a number of a million digits
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}(\\.0{0,40})?");

    // seconds and their fraction may be left out, the offset too; +HH:MM, +HHMM, +HH and Z
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            // four digits and no more, so that no year overflows a row
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd['T'HH:mm[:ss]]")
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendLiteral('.')
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
                    .toFormatter(Locale.ROOT))
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private LenientValues() {}

    /** Empty: no whole number. An empty inside: one that a long cannot hold. */
    static Optional<Optional<Long>> whole(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of(value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty());
        }
        if (value.isFloatingPointNumber()) {
            double number = value.doubleValue();
            if (Double.isNaN(number) || (number != Math.rint(number) && !Double.isInfinite(number))) {
                return Optional.empty();
            }
            // above 2^53 a double no longer tells neighbours apart
            return Optional.of(Math.abs(number) <= 0x1p53 ? Optional.of((long) number) : Optional.empty());
        }
        if (value.isTextual() && WHOLE.matcher(value.textValue()).matches()) {
            String text = value.textValue();
            BigInteger number = new BigDecimal(text.endsWith(".") ? text + "0" : text).toBigInteger();
            return Optional.of(number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty());
        }
        return Optional.empty();
    }

    static Optional<Boolean> flag(JsonNode value) {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (value.isTextual()
                && (value.textValue().equals("true") || value.textValue().equals("false"))) {
            return Optional.of(value.textValue().equals("true"));
        }
        return Optional.empty();
    }

    static Optional<Instant> date(String text) {
        try {
            TemporalAccessor date = DATE.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (date instanceof OffsetDateTime zoned) {
                return Optional.of(zoned.toInstant());
            }
            if (date instanceof LocalDateTime local) {
                return Optional.of(local.toInstant(ZoneOffset.UTC));
            }
            return text.length() == 10
                    ? Optional.of(LocalDate.from(date).atStartOfDay().toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
