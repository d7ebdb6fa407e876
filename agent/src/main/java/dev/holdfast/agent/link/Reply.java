package dev.holdfast.agent.link;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;

/**
 * What the server answered.
 *
 * @param what what was asked of it, in words that follow "to"
 * @param status the HTTP status
 * @param body the whole body
 */
record Reply(String what, int status, byte[] body) {
    // a newer server may say more than this agent knows
    private static final ObjectReader READER =
            ApiJson.mapper().reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** The body as a document. */
    <T> T document(Class<T> type) {
        try {
            return READER.forType(type).readValue(body);
        } catch (IOException e) {
            throw notOurs(e);
        }
    }

    /** The words of an error document, or empty when the body is none. */
    String detail() {
        return text("detail");
    }

    /** Its code, or empty. */
    String errorCode() {
        return text("errorCode");
    }

    /** What to tell when the server refused for good. */
    CaptureFailed refusal() {
        String detail = detail();
        if (detail.isEmpty()) {
            return notOurs(null);
        }
        String code = errorCode().isEmpty() ? "HTTP " + status : errorCode() + ", HTTP " + status;
        return new CaptureFailed("the server refused to " + what + ": " + detail + " (" + code + ")\nHINT: " + hint());
    }

    private String hint() {
        return switch (status) {
            case 400 -> "give a value that it allows; agent and server may also be of different versions";
            case 401, 403 -> "is the agent key the one of this project, and not revoked?";
            case 404 -> "are the ids of project, cluster, host and snapshot right, and of the same project?";
            case 409 -> "the snapshot may be committed already, or another capture may be at work on this part";
            case 413 -> "agent and server may be of different versions";
            default -> "the server's log tells more";
        };
    }

    private CaptureFailed notOurs(IOException e) {
        return new CaptureFailed(
                "what answered a request to " + what + " is not a Holdfast server of this version (HTTP " + status
                        + ", " + body.length + " bytes)\nHINT: is the address right, and is there a proxy in between?",
                e);
    }

    private String text(String field) {
        try {
            JsonNode node = ApiJson.mapper().readTree(body);
            return node == null ? "" : node.path(field).asText("");
        } catch (IOException e) {
            // not a document: there are no words in it to show
            return "";
        }
    }
}
