package dev.holdfast.contract.id;

import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Makes ObjectIds and tells what one looks like: 4 bytes of seconds since the epoch, 5 random bytes that are fixed per
 * instance, a 3-byte counter that starts at a random value. Ids of one instance are therefore unique and, within one
 * process, grow with time.
 *
 * <p>Source: the ObjectId page of the MongoDB manual. Safe for use by several threads.
 */
public final class ObjectIds {
    /** Digits of an ObjectId in hexadecimal. */
    public static final int HEX_LENGTH = 24;

    private static final long FIVE_BYTES = 0xff_ffff_ffffL;
    private static final int THREE_BYTES = 0xff_ffff;

    private final Clock clock;
    private final long instance;
    private final AtomicInteger counter;

    /** Makes a source of ids that takes its time from {@code clock} and its chance from {@code random}. */
    public ObjectIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.instance = random.nextLong() & FIVE_BYTES;
        this.counter = new AtomicInteger(random.nextInt() & THREE_BYTES);
    }

    /** The next id, as 24 lower-case hexadecimal digits. */
    public String next() {
        long seconds = clock.instant().getEpochSecond() & 0xffff_ffffL;
        int count = counter.getAndIncrement() & THREE_BYTES;
        return String.format(Locale.ROOT, "%08x%010x%06x", seconds, instance, count);
    }

    /** Whether {@code text} is 24 lower-case hexadecimal digits; false for null. */
    public static boolean isValid(String text) {
        return isLowerHex(text, HEX_LENGTH);
    }

    static void requireValid(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not an ObjectId (24 lower-case hexadecimal digits): " + text);
        }
    }

    static boolean isLowerHex(String text, int length) {
        if (text == null || text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
