package dev.holdfast.store.cipher;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the names of pages, which are hashes of their content: whoever knows a content could otherwise see whether it is
 * there. The other name is a synthetic-IV encryption of the hash, so the way back needs no list.
 */
final class PageNames {
    private static final Pattern PLAIN = Pattern.compile("(pages/[0-9a-f]{24}/)[0-9a-f]{2}/([0-9a-f]{64})\\.page");
    private static final Pattern HIDDEN = Pattern.compile("(pages/[0-9a-f]{24}/)[0-9a-f]{2}/([0-9a-f]{96})\\.page");
    private static final byte[] TAG = {1};
    private static final byte[] STREAM = {2};
    private static final int TAG_LENGTH = 16;

    private PageNames() {}

    /** The name in the store; a name that is not that of a page is its own. */
    static String hide(byte[] nameKey, String name) {
        Matcher page = PLAIN.matcher(name);
        if (!page.matches()) {
            return name;
        }
        byte[] hash = HexFormat.of().parseHex(page.group(2));
        byte[] tag = tag(nameKey, hash);
        return name(
                page.group(1), HexFormat.of().formatHex(tag) + HexFormat.of().formatHex(xor(hash, nameKey, tag)));
    }

    /** The name that {@link #hide} makes that one of, or empty if it makes it of none. */
    static Optional<String> reveal(byte[] nameKey, String hidden) {
        Matcher page = HIDDEN.matcher(hidden);
        if (!page.matches()) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(page.group(2));
        byte[] tag = Arrays.copyOf(bytes, TAG_LENGTH);
        byte[] hash = xor(Arrays.copyOfRange(bytes, TAG_LENGTH, bytes.length), nameKey, tag);
        boolean genuine = MessageDigest.isEqual(tag, tag(nameKey, hash));
        return genuine ? Optional.of(name(page.group(1), HexFormat.of().formatHex(hash))) : Optional.empty();
    }

    private static String name(String folder, String digits) {
        return folder + digits.substring(0, 2) + "/" + digits + ".page";
    }

    private static byte[] tag(byte[] nameKey, byte[] hash) {
        return Arrays.copyOf(Hmac.of(nameKey, TAG, hash), TAG_LENGTH);
    }

    private static byte[] xor(byte[] bytes, byte[] nameKey, byte[] tag) {
        byte[] stream = Hmac.of(nameKey, STREAM, tag);
        for (int i = 0; i < stream.length; i++) {
            stream[i] ^= bytes[i];
        }
        return stream;
    }
}
