package dev.holdfast.contract.publicapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The document of every 4xx and 5xx.
 *
 * @param detail a text for people
 * @param error the HTTP status
 * @param errorCode name of an {@link ErrorCode}; null where the documentation has no code (405, 406, 408, 413, 414,
 *     415, 431, 503, 507)
 * @param parameters the values in the text, in order; null together with the code
 * @param reason the status in words, as in the status line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorJson(String detail, int error, String errorCode, List<String> parameters, String reason) {
    /** The document of a code with a text of its own. */
    public static ErrorJson of(ErrorCode code, String detail, List<String> parameters) {
        return new ErrorJson(detail, code.status(), code.name(), parameters, reason(code.status()));
    }

    /** The document of a status that no documented code belongs to: detail, error and reason alone. */
    public static ErrorJson ofStatus(int status, String detail) {
        return new ErrorJson(detail, status, null, null, reason(status));
    }

    /** The words of a status (RFC 9110, section 15; RFC 6585; RFC 4918, section 11). */
    public static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
