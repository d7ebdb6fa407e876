package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.trouble.Refusal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

final class AddressBlockProperties {
    @Property
    void canonicalText_isTheSameAddressToJava(@ForAll("addresses") byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        AddressBlock block = AddressBlock.of(address);
        assertThat(InetAddress.getByName(block.singleAddress())).isEqualTo(address);
        assertThat(AddressBlock.parse(block.toString())).isEqualTo(block);
        assertThat(AddressBlock.parse(address.getHostAddress())).isEqualTo(block);
    }

    @Property
    void contains_comparesThePrefixBits(
            @ForAll("addresses") byte[] network,
            @ForAll("addresses") byte[] other,
            @ForAll @IntRange(max = 128) int length)
            throws UnknownHostException {
        InetAddress base = InetAddress.getByAddress(network);
        InetAddress caller = InetAddress.getByAddress(other);
        int bits = base.getAddress().length * 8;
        int prefix = Math.min(length, bits);
        AddressBlock block = AddressBlock.parse(base.getHostAddress() + "/" + prefix);
        boolean expected = caller.getAddress().length * 8 == bits
                && number(base).shiftRight(bits - prefix).equals(number(caller).shiftRight(bits - prefix));
        assertThat(block.contains(caller)).isEqualTo(expected);
        assertThat(block.contains(base)).isTrue();
    }

    @Property
    void garbage_isRefusedOrCanonical(@ForAll("shreds") String text) {
        try {
            AddressBlock block = AddressBlock.parse(text);
            assertThat(AddressBlock.parse(block.toString())).isEqualTo(block);
        } catch (Refusal refused) {
            assertThat(refused.parameters()).containsExactly("ipAddress");
        }
    }

    /** Bytes that are often 0 or 0xff, so that runs of zeros and mapped addresses come up. */
    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> bytes = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just((byte) 0)),
                Tuple.of(1, Arbitraries.just((byte) 0xff)),
                Tuple.of(2, Arbitraries.bytes()));
        return Arbitraries.oneOf(
                bytes.array(byte[].class).ofSize(4), bytes.array(byte[].class).ofSize(16));
    }

    @Provide
    Arbitrary<String> shreds() {
        return Arbitraries.of(":", "::", ".", "/", "1", "0", "ffff", "255", "10.0.0.1", "%", "g", " ")
                .list()
                .ofMaxSize(10)
                .map(shreds -> String.join("", shreds));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
