package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.util.regex.Pattern;

/** What may be a name. Refused early, for names go into paths, archive names and logs. */
final class Names {
    private static final int MAX_LENGTH = 255;

    // host names and addresses; IPv6 with its colons, a zone id with its percent sign
    private static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1," + MAX_LENGTH + "}");

    private Names() {}

    static String check(String attribute, String name) {
        if (name == null || name.isBlank()) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, attribute);
        }
        if (name.length() > MAX_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, attribute)
                    .saying("Invalid attribute " + attribute
                            + " specified: a name has at most 255 characters and no control characters.");
        }
        return name;
    }

    static String checkHostname(String hostname) {
        if (hostname == null || hostname.isBlank()) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, "hostname");
        }
        if (!HOSTNAME.matcher(hostname).matches()) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "hostname")
                    .saying("Invalid attribute hostname specified: it must be a host name or an address"
                            + " of at most 255 characters, without a port.");
        }
        return hostname;
    }

    static int checkPort(long port) {
        if (port <= 0) {
            throw new Refusal(ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, "port");
        }
        if (port > 0xffff) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "port")
                    .saying("Invalid attribute port specified: " + port + " is above 65535.");
        }
        return (int) port;
    }
}
