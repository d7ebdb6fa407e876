package dev.holdfast.contract.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A mongod or mongos of a project. Not an ObjectId: the MD5 of {@code groupId-hostname-port}, so that a script can
 * work it out and the same host keeps its id.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record HostId(String hex) {
    private static final int HEX_LENGTH = 32;

    /** Refuses anything but 32 lower-case hexadecimal digits with an {@link IllegalArgumentException}. */
    public HostId {
        if (!ObjectIds.isLowerHex(hex, HEX_LENGTH)) {
            throw new IllegalArgumentException("not a host id (32 lower-case hexadecimal digits): " + hex);
        }
    }

    /** The id written as {@code text}, or empty when it is not 32 lower-case hexadecimal digits. */
    public static Optional<HostId> parse(String text) {
        return ObjectIds.isLowerHex(text, HEX_LENGTH) ? Optional.of(new HostId(text)) : Optional.empty();
    }

    /** The id of the process that listens at {@code hostname:port} in {@code group}. */
    public static HostId of(GroupId group, String hostname, int port) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] text = (group.hex() + "-" + hostname + "-" + port).getBytes(StandardCharsets.UTF_8);
            return new HostId(HexFormat.of().formatHex(md5.digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
