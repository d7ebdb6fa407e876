package dev.holdfast.contract.publicapi;

/**
 * Hash of a downloaded archive.
 *
 * @param fileName last segment of its URL
 * @param hash lower-case hexadecimal
 * @param typeName {@code SHA1}
 */
public record HashJson(String fileName, String hash, String typeName) {
    /** The SHA-1 of a file, the only kind that is documented. */
    public static HashJson sha1(String fileName, String hash) {
        return new HashJson(fileName, hash, "SHA1");
    }
}
