package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the attributes of a JSON object from a caller, and refuses the rest by name. A null is an absent attribute;
 * numbers may come as strings, for the documentation's own requests do that.
 */
public final class Attributes {
    // longer than any number that fits, short enough to be cheap
    private static final int MAX_NUMBER_LENGTH = 40;

    // the offset may be left out
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final ObjectNode node;
    private final String parent;

    private Attributes(ObjectNode node, String parent) {
        this.node = node;
        this.parent = parent;
    }

    /** The attributes of a body. */
    public static Attributes of(ObjectNode body) {
        return new Attributes(body, null);
    }

    /** Names of all attributes, in the order they came. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether the attribute is there and not null. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The attribute as it came; null when absent. */
    public JsonNode raw(String name) {
        return has(name) ? node.get(name) : null;
    }

    /** The attribute's name with those of the objects around it, as refusals bear it: {@code delivery.expires}. */
    public String path(String name) {
        return parent == null ? name : parent + "." + name;
    }

    /**
     * Refuses every attribute that is not in {@code known}.
     *
     * @throws Refusal INVALID_ATTRIBUTE
     */
    public void refuseOthersThan(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, path(name));
            }
        }
    }

    /**
     * A string; null when absent.
     *
     * @throws Refusal INVALID_JSON_ATTRIBUTE for anything else
     */
    public String text(String name) {
        JsonNode value = raw(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw malformed(name, "a string");
        }
        return value.textValue();
    }

    /**
     * A whole number: {@code 1}, {@code 1.0} or {@code "1"}; null when absent.
     *
     * @throws Refusal INVALID_JSON_ATTRIBUTE for what is neither a number nor a string, INVALID_ATTRIBUTE for what is
     *     no whole number of 64 bits
     */
    public Long wholeNumber(String name) {
        JsonNode value = raw(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() && !value.isTextual()) {
            throw malformed(name, "a number");
        }
        String digits = value.asText().trim();
        try {
            if (digits.length() <= MAX_NUMBER_LENGTH) {
                return new BigDecimal(digits).longValueExact();
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // refused below, like a number that is too long
        }
        throw invalid(name, "it must be a whole number");
    }

    /**
     * A boolean, also as the string {@code "true"} or {@code "false"}; null when absent.
     *
     * @throws Refusal INVALID_JSON_ATTRIBUTE for anything else
     */
    public Boolean flag(String name) {
        JsonNode value = raw(name);
        if (value == null) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isTextual() && Set.of("true", "false").contains(value.textValue())) {
            return "true".equals(value.textValue());
        }
        throw malformed(name, "true or false");
    }

    /**
     * An object within this one; null when absent.
     *
     * @throws Refusal INVALID_JSON_ATTRIBUTE for anything else
     */
    public Attributes object(String name) {
        JsonNode value = raw(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return new Attributes(object, path(name));
        }
        throw malformed(name, "an object");
    }

    /**
     * A time in ISO 8601; null when absent. A date alone is its first second, a time without an offset is UTC, seconds
     * may be left out.
     *
     * @throws Refusal INVALID_JSON_ATTRIBUTE for what is no string, INVALID_ATTRIBUTE for what is no such time before
     *     the year 10000
     */
    public Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            Instant time = parseTime(text.trim());
            if (time.isBefore(END_OF_TIME) && time.isAfter(Instant.EPOCH)) {
                return time;
            }
        } catch (DateTimeException e) {
            // refused below, like a year that is too far
        }
        throw invalid(name, "it must be a time like 2016-03-04T23:07:27Z");
    }

    private static Instant parseTime(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime exact
                ? exact.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }

    private Refusal malformed(String name, String wanted) {
        // the documented behaviour: what is wrong inside an object is reported on the object
        return new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, parent == null ? name : parent)
                .saying("The attribute " + path(name) + " must be " + wanted + ".");
    }

    /** INVALID_ATTRIBUTE for {@code name}, with the reason; it begins in lower case and has no full stop. */
    public Refusal invalid(String name, String why) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, path(name))
                .saying("Invalid attribute " + path(name) + " specified: " + why + ".");
    }
}
