package dev.holdfast.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest challenge (RFC 7616).
 *
 * @param realm what the password is for
 * @param nonce what the server wants hashed in
 */
record Challenge(String realm, String nonce) {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Reads a WWW-Authenticate header; empty for anything but a digest challenge with realm and nonce. */
    static Optional<Challenge> parse(String header) {
        if (!header.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        String realm = null;
        String nonce = null;
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            switch (parameter.group(1)) {
                case "realm" -> realm = parameter.group(2);
                case "nonce" -> nonce = parameter.group(2);
                default -> {}
            }
        }
        return realm == null || nonce == null ? Optional.empty() : Optional.of(new Challenge(realm, nonce));
    }
}
