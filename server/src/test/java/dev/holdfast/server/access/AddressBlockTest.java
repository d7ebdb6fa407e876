package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7/32",
        "192.0.2.7/32, 192.0.2.7/32",
        "192.0.2.7/24, 192.0.2.0/24",
        "255.255.255.255/1, 128.0.0.0/1",
        "0.0.0.0/0, 0.0.0.0/0",
        "::1, ::1/128",
        "::/0, ::/0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1/128",
        "2001:db8:ffff::1/33, 2001:db8:8000::/33",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1/128",
        "1:0:0:2:0:0:3:4, 1::2:0:0:3:4/128",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7/128",
        "fe80::, fe80::/128",
        "::ffff:192.0.2.7, 192.0.2.7/32",
        "::ffff:c000:0207, 192.0.2.7/32",
        "::ffff:192.0.2.7/120, 192.0.2.0/24"
    })
    void text_isCanonical(String text, String canonical) {
        AddressBlock block = AddressBlock.parse(text);
        assertThat(block).hasToString(canonical).isEqualTo(AddressBlock.parse(canonical));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/08",
                "1.2.3.4/8/8",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.+4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1/129",
                "::1/x",
                "fe80::1%eth0",
                "[::1]",
                "::ffff:1.2.3.4/95",
                "g::1",
                ".:1",
                "\u0661.2.3.4",
                "\uff11::1"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE));
    }

    @Test
    void hugeText_isRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> AddressBlock.parse("1".repeat(100_000)))
                .isInstanceOf(Refusal.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 203.0.113.9, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void contains_whatHasThePrefix(String block, String address, boolean expected) throws UnknownHostException {
        assertThat(AddressBlock.parse(block).contains(InetAddress.getByName(address)))
                .isEqualTo(expected);
    }

    @Test
    void mappedAddressOfACaller_isItsIpv4Address() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
        InetAddress caller = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(caller).isInstanceOf(Inet6Address.class);
        assertThat(AddressBlock.parse("192.0.2.0/24").contains(caller)).isTrue();
        assertThat(AddressBlock.of(caller).singleAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void singleAddress_isOnlyOfBlocksOfOne() {
        assertThat(AddressBlock.parse("::1").singleAddress()).isEqualTo("::1");
        assertThat(AddressBlock.parse("192.0.2.0/31").singleAddress()).isNull();
    }
}
