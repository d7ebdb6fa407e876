package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the attributes of a JSON object leniently in form and strictly in names: {@code "3"} and {@code 3.0} are 3, but
 * an attribute that nobody asked for is refused by {@link #refuseUnknown}. Attributes of nested objects are named with
 * dots ({@code delivery.maxDownloads}) in refusals; but a value of the wrong shape makes the whole sub-document one that
 * cannot be read, and that is named then, as for a slip of syntax in it ({@link JsonBody}). A JSON null counts as absent. For one request, one thread.
 *
 * <p>Source: "Public API Principles" (unmodifiable and unknown fields are refused; ISO 8601 dates), the Ops Manager
 * sample requests (numbers as strings).
 */
public final class JsonFields {
    private final ObjectNode object;
    private final String prefix;
    private final Set<String> known = new HashSet<>();
    private final Map<String, JsonFields> nested = new HashMap<>();

    private JsonFields(ObjectNode object, String prefix) {
        this.object = object;
        this.prefix = prefix;
    }

    /** The attributes of a request's body; refuses what {@link Call#body} refuses. */
    public static JsonFields of(Call call) {
        return of(call.body());
    }

    /** The attributes of an object. */
    public static JsonFields of(ObjectNode object) {
        return new JsonFields(object, "");
    }

    /** Whether the attribute is there and not null; asking makes it known. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** A string, null when absent. Refuses any other shape (INVALID_JSON_ATTRIBUTE). */
    public String text(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isTextual()) {
            throw misshapen(name);
        }
        return value == null ? null : value.textValue();
    }

    /** A string that must be there and hold more than white space, else MISSING_ATTRIBUTE. */
    public String requiredText(String name) {
        String value = text(name);
        if (value == null || value.isBlank()) {
            throw refusal(ErrorCode.MISSING_ATTRIBUTE, name);
        }
        return value;
    }

    /**
     * A whole number, null when absent: as a number, as a string, or with nothing but zeros after the point. Refuses
     * what is no whole number (INVALID_JSON_ATTRIBUTE) and what a long cannot hold (INVALID_ATTRIBUTE).
     */
    public Long number(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return LenientValues.whole(value)
                .orElseThrow(() -> misshapen(name))
                .orElseThrow(() -> refusal(ErrorCode.INVALID_ATTRIBUTE, name));
    }

    /** A number as {@link #number}, refused with ATTRIBUTE_NEGATIVE_OR_ZERO unless above 0. */
    public Long positiveNumber(String name) {
        Long value = number(name);
        if (value != null && value <= 0) {
            throw refusal(ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, name);
        }
        return value;
    }

    /** A number as {@link #number}, refused with ATTRIBUTE_NEGATIVE when below 0. */
    public Long notNegativeNumber(String name) {
        Long value = number(name);
        if (value != null && value < 0) {
            throw refusal(ErrorCode.ATTRIBUTE_NEGATIVE, name);
        }
        return value;
    }

    /** A number as {@link #number} that must be there (MISSING_ATTRIBUTE) and from 1 to 65535 (INVALID_ATTRIBUTE). */
    public int requiredPort(String name) {
        Long value = number(name);
        if (value == null) {
            throw refusal(ErrorCode.MISSING_ATTRIBUTE, name);
        }
        if (value < 1 || value > 65_535) {
            throw refusal(ErrorCode.INVALID_ATTRIBUTE, name);
        }
        return value.intValue();
    }

    /** A boolean, null when absent; the strings true and false will do. Else INVALID_JSON_ATTRIBUTE. */
    public Boolean flag(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return LenientValues.flag(value).orElseThrow(() -> misshapen(name));
    }

    /**
     * An ISO 8601 date, null when absent: a date alone is its midnight, no zone means UTC, seconds may be left out.
     * Refuses another shape than a string (INVALID_JSON_ATTRIBUTE) and what is no date (INVALID_ATTRIBUTE).
     */
    public Instant date(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        return LenientValues.date(value).orElseThrow(() -> refusal(ErrorCode.INVALID_ATTRIBUTE, name));
    }

    /** A constant's name, null when absent. Another string is INVALID_ENUM_VALUE (with the value, not the name). */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw new Refusal(ErrorCode.INVALID_ENUM_VALUE, value);
    }

    /** A nested object, null when absent. Refuses any other shape (INVALID_JSON_ATTRIBUTE). */
    public JsonFields object(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode inner)) {
            throw misshapen(name);
        }
        return nested.computeIfAbsent(name, key -> new JsonFields(inner, prefix + key + "."));
    }

    /** A list of strings, null when absent. Refuses any other shape (INVALID_JSON_ATTRIBUTE). */
    public List<String> texts(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw misshapen(name);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw misshapen(name);
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** Makes names known whose values do not matter. */
    public JsonFields ignore(String... names) {
        known.addAll(List.of(names));
        return this;
    }

    /** Refuses attributes that exist but cannot be set (ATTRIBUTE_READ_ONLY), the first that is there. */
    public JsonFields readOnly(String... names) {
        for (String name : names) {
            if (object.has(name)) {
                throw refusal(ErrorCode.ATTRIBUTE_READ_ONLY, name);
            }
        }
        return this;
    }

    /**
     * Refuses the first attribute, here or in an object that {@link #object} has given, that no method of this class was
     * asked for (INVALID_ATTRIBUTE). Call it when all known ones were read, and before anything is changed.
     */
    public void refuseUnknown() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw refusal(ErrorCode.INVALID_ATTRIBUTE, name);
            }
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            JsonFields inner = nested.get(names.next());
            if (inner != null) {
                inner.refuseUnknown();
            }
        }
    }

    /** {@code value}, or a MISSING_ATTRIBUTE refusal naming {@code name} when it is null. */
    public <T> T required(String name, T value) {
        if (value == null) {
            throw refusal(ErrorCode.MISSING_ATTRIBUTE, name);
        }
        return value;
    }

    /** A refusal by {@code code} whose parameter is the attribute's full name. */
    public Refusal refusal(ErrorCode code, String name) {
        return new Refusal(code, prefix + name);
    }

    /** The parameter is the attribute of the body that cannot be read; the detail says what in it. */
    private Refusal misshapen(String name) {
        String whole = prefix + name;
        String top = whole.substring(0, whole.indexOf('.') < 0 ? whole.length() : whole.indexOf('.'));
        Refusal refusal = new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, top);
        return prefix.isEmpty() ? refusal : refusal.saying(refusal.getMessage() + " See " + whole + ".");
    }

    private JsonNode find(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
