package dev.holdfast.server.access;

import java.util.function.BiPredicate;

/**
 * Reads {@code name=value, name="value"} as RFC 9110 section 11.2 writes it, from a header that anybody can send: one
 * pass, bounded, without exceptions. Looser than the grammar in one thing: an unquoted value may hold any visible
 * character but comma and quote, since clients send {@code =} and {@code /} there.
 */
final class ParameterScanner {
    /** Longer headers are refused; the longest honest one holds a request target of some kilobytes. */
    static final int MAX_LENGTH = 16 << 10;

    private static final int MAX_PARAMETERS = 32;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private ParameterScanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /**
     * Hands each parameter to {@code sink}, which returns false to refuse it.
     *
     * @param from where the scheme's name ends; at least one space must follow
     * @return whether the text was well formed to its end and nothing was refused
     */
    static boolean scan(String text, int from, BiPredicate<String, String> sink) {
        return text.length() <= MAX_LENGTH
                && from < text.length()
                && isSpace(text.charAt(from))
                && new ParameterScanner(text, from).all(sink);
    }

    private boolean all(BiPredicate<String, String> sink) {
        for (int count = 0; ; count++) {
            skipSeparators();
            if (at == text.length()) {
                return true;
            }
            String name = token();
            skipSpace();
            if (count == MAX_PARAMETERS || name.isEmpty() || !skip('=')) {
                return false;
            }
            skipSpace();
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
            skipSpace();
            boolean separated = at == text.length() || text.charAt(at) == ',';
            if (value == null || !separated || !sink.test(name, value)) {
                return false;
            }
        }
    }

    private String token() {
        int from = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String unquoted() {
        int from = at;
        while (at < text.length() && isVisible(text.charAt(at)) && ",\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return from == at ? null : text.substring(from, at);
    }

    private String quoted() {
        int from = ++at;
        StringBuilder unescaped = null; // most values have no escapes
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String rest = text.substring(from, at++);
                return unescaped == null ? rest : unescaped.append(rest).toString();
            }
            if (c == '\\') {
                unescaped = (unescaped == null ? new StringBuilder() : unescaped).append(text, from, at);
                from = ++at;
                if (at == text.length()) {
                    return null;
                }
                c = text.charAt(at);
            }
            if (!isVisible(c) && !isSpace(c)) {
                return null;
            }
            at++;
        }
        return null;
    }

    private void skipSeparators() {
        while (at < text.length() && (text.charAt(at) == ',' || isSpace(text.charAt(at)))) {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private boolean skip(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** A byte that may stand in a header; more than 0xff was never a byte and would hash as a question mark. */
    private static boolean isVisible(char c) {
        return c > ' ' && c != 0x7f && c <= 0xff;
    }

    private static boolean isToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
