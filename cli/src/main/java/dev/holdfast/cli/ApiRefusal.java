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

    /** What to do about it. */
    public String hint() {
        return switch (status) {
            case 401 ->
                errorCode.isEmpty() || errorCode.equals("NO_CURRENT_USER")
                        ? "are HOLDFAST_PUBLIC_KEY and HOLDFAST_PRIVATE_KEY those of a key of this server?"
                        : "the key lacks a role for this; holdfast keys show KEY names those it has.";
            case 403 -> "the address that this comes from is not on the key's access list.";
            case 404 -> "is HOLDFAST_URL that of a Holdfast or Ops Manager server, and does the thing still exist?";
            case 429, 502, 503, 504 -> "the server is busy or about to start; try again in a while.";
            default -> "the message is the server's; its log may say more.";
        };
    }
}
