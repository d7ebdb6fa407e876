package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of IPv4 or IPv6 addresses. Equal blocks have equal text: bits beyond the prefix are zero, IPv6 is written as
 * RFC 5952 says, an IPv4 address mapped into IPv6 is IPv4. One address is a block with the longest prefix.
 */
public final class AddressBlock {
    private static final int IPV4_BYTES = 4;
    private static final int MAPPED_PREFIX = 96;
    // longest text of an IPv6 address with an IPv4 tail, a slash and three digits
    private static final int MAX_LENGTH = 49;

    private final byte[] network;
    private final int prefix;

    private AddressBlock(byte[] address, int prefix) {
        this.network = address;
        this.prefix = prefix;
        for (int bit = prefix; bit < address.length * Byte.SIZE; bit++) {
            network[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
        }
    }

    /**
     * Reads {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 2001:db8::1} or {@code 2001:db8::/32}. Never asks a name
     * server.
     *
     * @throws Refusal INVALID_ATTRIBUTE if it is neither
     */
    public static AddressBlock parse(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            throw refused(text == null ? "nothing" : text.substring(0, MAX_LENGTH));
        }
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] address = address(literal, text);
        int longest = address.length * Byte.SIZE;
        if (slash < 0) {
            return new AddressBlock(address, longest);
        }
        int prefix = number(text, slash + 1, text.length(), text);
        // Java hands out the IPv4 address of a mapped one; its prefix still counts the 96 bits before it
        if (address.length == IPV4_BYTES && literal.indexOf(':') >= 0) {
            prefix -= MAPPED_PREFIX;
        }
        if (prefix < 0 || prefix > longest) {
            throw refused(text);
        }
        return new AddressBlock(address, prefix);
    }

    /** The block of one address. */
    static AddressBlock of(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        return new AddressBlock(bytes, bytes.length * Byte.SIZE);
    }

    /** An address as this class writes it. */
    static String textOf(InetAddress address) {
        return of(address).addressText();
    }

    /** Whether {@code address} lies in the block; an IPv4 address mapped into IPv6 counts as IPv4. */
    boolean contains(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        return bytes.length == network.length && Arrays.equals(new AddressBlock(bytes, prefix).network, network);
    }

    /** The address without a prefix, when the block is just one; else null. */
    public String singleAddress() {
        return prefix == network.length * Byte.SIZE ? addressText() : null;
    }

    /** The text that people write: one address without a prefix. */
    String shortest() {
        return singleAddress() == null ? toString() : singleAddress();
    }

    /** The canonical text, always with a prefix: {@code 192.0.2.7/32}. */
    @Override
    public String toString() {
        return addressText() + "/" + prefix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock block && prefix == block.prefix && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    private static byte[] address(String literal, String text) {
        if (literal.indexOf(':') < 0) {
            return ipv4(literal, text);
        }
        // keeps names and scopes (%eth0) away from InetAddress, which would look them up
        if (literal.charAt(0) == '.') {
            throw refused(text);
        }
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            boolean mark = c == ':' || c == '.';
            if (c > 'f' || (!mark && Character.digit(c, 16) < 0)) {
                throw refused(text);
            }
        }
        try {
            return unmapped(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            throw refused(text);
        }
    }

    private static byte[] ipv4(String literal, String text) {
        String[] parts = literal.split("\\.", -1);
        if (parts.length != IPV4_BYTES) {
            throw refused(text);
        }
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            int value = number(parts[i], 0, parts[i].length(), text);
            if (value > 0xff) {
                throw refused(text);
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /** One to three digits without a leading zero, which some programs read as octal. */
    private static int number(String digits, int from, int to, String text) {
        int value = 0;
        if (from == to || to - from > 3 || (to - from > 1 && digits.charAt(from) == '0')) {
            throw refused(text);
        }
        for (int i = from; i < to; i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw refused(text);
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static byte[] unmapped(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return address;
        }
        for (int i = 0; i < 12; i++) {
            if (address[i] != (i < 10 ? 0 : (byte) 0xff)) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, 12, 16);
    }

    private String addressText() {
        if (network.length == IPV4_BYTES) {
            return (network[0] & 0xff) + "." + (network[1] & 0xff) + "." + (network[2] & 0xff) + "."
                    + (network[3] & 0xff);
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (network[2 * i] & 0xff) << 8 | (network[2 * i + 1] & 0xff);
        }
        return ipv6Text(groups);
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private static String ipv6Text(int[] groups) {
        int longestFrom = -1;
        int longest = 1;
        for (int from = 0; from < groups.length; from++) {
            int to = from;
            while (to < groups.length && groups[to] == 0) {
                to++;
            }
            if (to - from > longest) {
                longestFrom = from;
                longest = to - from;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == longestFrom) {
                text.append("::");
                i += longest - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static Refusal refused(String text) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, "ipAddress")
                .saying("'" + text + "' is not an IP address or CIDR block.\n"
                        + "HINT: write 192.0.2.7, 192.0.2.0/24, 2001:db8::1 or 2001:db8::/32.");
    }
}
