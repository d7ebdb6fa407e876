package dev.holdfast.dist.doctor;

/**
 * One thing that was looked at.
 *
 * @param about what, in one word
 * @param words what was found
 * @param mend what to do about it; empty if nothing is to be done
 */
public record Finding(String about, Level level, String words, String mend) {
    static Finding ok(String about, String words) {
        return new Finding(about, Level.OK, words, "");
    }

    static Finding warn(String about, String words, String mend) {
        return new Finding(about, Level.WARN, words, mend);
    }

    static Finding fail(String about, String words, String mend) {
        return new Finding(about, Level.FAIL, words, mend);
    }

    /** Of a trouble, whose message may end with a hint of its own. */
    static Finding of(String about, Level level, Exception trouble, String mend) {
        String message = trouble.getMessage() == null ? trouble.toString() : trouble.getMessage();
        int hint = message.indexOf("HINT: ");
        return hint < 0
                ? new Finding(about, level, flat(message), mend)
                : new Finding(about, level, flat(message.substring(0, hint)), flat(message.substring(hint + 6)));
    }

    private static String flat(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
