package dev.holdfast.server.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request's body as one JSON object or an array of them, strictly: UTF-8, no duplicate keys, nothing behind it, nesting bounded. A slip in
 * the value of a top-level attribute is INVALID_JSON_ATTRIBUTE with the attribute's name, as Ops Manager answers it
 * (MongoDB ticket DOCS-12396); any other is INVALID_JSON.
 */
final class JsonBody {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private JsonBody() {}

    static ObjectNode parse(byte[] body) {
        if (read(body) instanceof ObjectNode object) {
            return storable(object);
        }
        throw new Refusal(ErrorCode.INVALID_JSON);
    }

    /** A body that is an array of objects; the same strictness holds for each of them. */
    static List<ObjectNode> parseItems(byte[] body) {
        if (!(read(body) instanceof ArrayNode array)) {
            throw new Refusal(ErrorCode.INVALID_JSON).saying("The body must be a JSON array of objects.");
        }
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!(item instanceof ObjectNode object)) {
                throw new Refusal(ErrorCode.INVALID_JSON).saying("The body must be a JSON array of objects.");
            }
            items.add(storable(object));
        }
        return items;
    }

    private static JsonNode read(byte[] body) {
        String text = decode(body);
        try {
            return ApiJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            String attribute = attributeOfSlip(text);
            Refusal refusal = attribute == null
                    ? new Refusal(ErrorCode.INVALID_JSON)
                    : new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, attribute);
            throw refusal.saying(refusal.getMessage() + place(e.getLocation()));
        }
    }

    private static ObjectNode storable(ObjectNode object) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!isStorable(field.getKey())) {
                throw new Refusal(ErrorCode.INVALID_JSON);
            }
            if (!isStorable(field.getValue())) {
                throw new Refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, field.getKey());
            }
        }
        return object;
    }

    // there is no place for what breaks a bound (nesting, length of a number)
    private static String place(JsonLocation location) {
        return location == null ? "" : " See line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static String decode(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Refusal(ErrorCode.INVALID_JSON).saying("The body is not UTF-8.");
        }
    }

    // reads the text again, token by token, to see how far it gets; null when the slip is in no attribute's value
    private static String attributeOfSlip(String text) {
        Set<String> names = new HashSet<>();
        int depth = 0;
        String attribute = null;
        boolean inValue = false;
        try (JsonParser parser = ApiJson.mapper().createParser(text)) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    // else a text is read, and its slip found, only with the token after it
                    parser.finishToken();
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    if (depth == 1 && token == JsonToken.FIELD_NAME) {
                        attribute = parser.currentName();
                        names.add(attribute);
                        inValue = true;
                    } else if (depth <= 1) {
                        inValue = false;
                    }
                    if (depth == 0) {
                        return null;
                    }
                }
            } catch (JsonProcessingException e) {
                if (inValue) {
                    return attribute;
                }
                // the parser looks at a value's first character when it reads the name before it
                String begun = depth == 1 ? parser.getParsingContext().getCurrentName() : null;
                return begun != null && !names.contains(begun) ? begun : null;
            }
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
        return null;
    }

    private static boolean isStorable(JsonNode node) {
        if (node.isTextual()) {
            return isStorable(node.textValue());
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!isStorable(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isStorable(child)) {
                return false;
            }
        }
        return true;
    }

    // NUL and lone surrogates can be written in JSON, but PostgreSQL stores neither
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
