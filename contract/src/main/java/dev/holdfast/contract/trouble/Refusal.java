package dev.holdfast.contract.trouble;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import java.util.List;

/**
 * The caller asked for something that cannot be given; nothing was changed. Carries the documented code, so that the
 * HTTP layer can answer it and a client can tell it apart. Only a declared refusal becomes a 4xx: any other exception
 * is our own fault.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient List<String> parameters;

    /** A refusal with the code's own text, {@code parameters} inserted in order. */
    public Refusal(ErrorCode code, String... parameters) {
        super(code.detail(parameters), null, false, false);
        this.code = code;
        this.parameters = List.of(parameters);
    }

    private Refusal(ErrorCode code, String detail, List<String> parameters) {
        super(detail, null, false, false);
        this.code = code;
        this.parameters = parameters;
    }

    /** The same refusal with a text that says more than the code's own: what is wrong, then what to do. */
    public Refusal saying(String detail) {
        return new Refusal(code, detail, parameters);
    }

    /** The documented code. */
    public ErrorCode code() {
        return code;
    }

    /** The values in the text, in order; never null. */
    public List<String> parameters() {
        return parameters == null ? List.of() : parameters;
    }

    /** The document that answers it. */
    public ErrorJson document() {
        return ErrorJson.of(code, getMessage(), parameters());
    }
}
