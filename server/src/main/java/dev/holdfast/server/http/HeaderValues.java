package dev.holdfast.server.http;

import java.util.Locale;

/** Content negotiation (RFC 9110, section 12.5) as far as JSON and gzip need it. */
final class HeaderValues {
    private static final double NOT_NAMED = -1;

    private HeaderValues() {}

    /** Whether an Accept header admits {@code application/json}. */
    static boolean acceptsJson(String accept) {
        if (accept == null || accept.equals("*/*") || accept.equals("application/json") || accept.isBlank()) {
            return true;
        }
        // the most specific range that covers JSON decides, whatever its place
        double exact = quality(accept, "application/json");
        if (exact != NOT_NAMED) {
            return exact > 0;
        }
        double type = quality(accept, "application/*");
        return type == NOT_NAMED ? quality(accept, "*/*") > 0 : type > 0;
    }

    /** Whether an Accept-Encoding header prefers gzip to none, or does not mind. */
    static boolean acceptsGzip(String encodings) {
        if (encodings == null) {
            return false;
        }
        double gzip = Math.max(quality(encodings, "gzip"), quality(encodings, "x-gzip"));
        if (gzip == NOT_NAMED) {
            gzip = quality(encodings, "*");
        }
        return gzip > 0 && gzip >= quality(encodings, "identity");
    }

    /** Whether a Content-Type header says JSON in UTF-8. */
    static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.split(";", -1);
        if (!parts[0].trim().equalsIgnoreCase("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim().toLowerCase(Locale.ROOT);
            if (part.startsWith("charset=")) {
                String charset = part.substring("charset=".length()).replace("\"", "");
                return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return true;
    }

    // the highest weight that the list gives to name
    private static double quality(String list, String name) {
        double best = NOT_NAMED;
        for (String item : list.split(",", -1)) {
            String[] parts = item.split(";", -1);
            if (parts[0].trim().equalsIgnoreCase(name)) {
                best = Math.max(best, weight(parts));
            }
        }
        return best;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].replace(" ", "").replace("\t", "");
            if (part.startsWith("q=") || part.startsWith("Q=")) {
                // a weight that is none counts as 1, as if it were not there
                return part.matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(part.substring(2))
                        : 1;
            }
        }
        return 1;
    }
}
