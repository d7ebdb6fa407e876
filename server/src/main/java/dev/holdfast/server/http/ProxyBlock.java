package dev.holdfast.server.http;

import java.net.InetAddress;

/**
 * The address of a proxy, or a block of them in CIDR notation (RFC 4632).
 *
 * @param network its first address
 * @param bits leading bits that all its addresses share
 */
public record ProxyBlock(InetAddress network, int bits) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code ::1}, {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException for anything else, host names included
     */
    public static ProxyBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Addresses.literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("not an IP address or CIDR block: " + text);
        }
        int most = address.getAddress().length * 8;
        if (slash < 0) {
            return new ProxyBlock(address, most);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
            throw new IllegalArgumentException("not an IP address or CIDR block: " + text);
        }
        return new ProxyBlock(address, Integer.parseInt(length));
    }

    /** Whether the address lies in the block; IPv4 addresses never lie in IPv6 blocks. */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
