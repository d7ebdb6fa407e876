package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The server answered, but not with what was asked for. The message has its own words. */
public final class ApiRefusal extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String errorCode;

    private ApiRefusal(String message, int status, String errorCode) {
        super(message);
        this.status = status;
        this.errorCode = errorCode;
    }

    static ApiRefusal of(String request, int status, byte[] body) {
        String detail = new String(body, StandardCharsets.UTF_8);
        String code = "";
        try {
            JsonNode document = ApiJson.mapper().readTree(body);
            if (document != null && document.has("detail")) {
                detail = document.path("detail").asText();
                code = document.path("errorCode").asText();
            }
        } catch (IOException e) {
            // not an error document (a proxy's page, perhaps): its text is all there is
        }
        return new ApiRefusal(
                request + " answered " + status + (code.isEmpty() ? "" : " " + code) + ": " + detail, status, code);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The documented code, empty when the answer has none. */
    public String errorCode() {
        return errorCode;
    }
}
