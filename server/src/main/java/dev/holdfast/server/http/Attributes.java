package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the attributes of a JSON object from a caller, and refuses the rest by name. A null is an absent attribute;
 * numbers may come as strings, for the documentation's own requests do that.
 */
public final class Attributes {
    // longer than any number that fits, short enough to be cheap
    private static final int MAX_NUMBER_LENGTH = 40;

    private final ObjectNode node;
    private final String prefix;

    private Attributes(ObjectNode node, String prefix) {
        this.node = node;
        this.prefix = prefix;
    }

    /** The attributes of a body. */
    public static Attributes of(ObjectNode body) {
        return new Attributes(body, "");
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
        return prefix + name;
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
            throw new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, path(name));
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
            throw new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, path(name));
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
        throw new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, path(name));
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
            return new Attributes(object, path(name) + ".");
        }
        throw new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, path(name));
    }

    /** INVALID_ATTRIBUTE for {@code name}, with the reason; it begins in lower case and has no full stop. */
    public Refusal invalid(String name, String why) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, path(name))
                .saying("Invalid attribute " + path(name) + " specified: " + why + ".");
    }
}
