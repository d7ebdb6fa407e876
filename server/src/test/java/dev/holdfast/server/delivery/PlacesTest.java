package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private final Places places = new Places(4, 3, 2);
    private final InetAddress a = address(1);
    private final InetAddress b = address(2);

    @Test
    void oneLink_cannotTakeEveryPlace_norCanOneAddress() {
        assertThat(places.take(a, "x")).isNotNull();
        assertThat(places.take(b, "x")).isNotNull();
        assertThat(places.take(b, "x")).as("a third of the link").isNull();
        assertThat(places.take(a, "y")).isNotNull();
        assertThat(places.take(b, "z")).isNotNull();
        assertThat(places.take(address(3), "w")).as("all are taken").isNull();
    }

    @Test
    void anAddress_hasItsShare_whateverLinksItAsksFor() {
        for (int i = 0; i < 3; i++) {
            assertThat(places.take(a, "link " + i)).isNotNull();
        }
        assertThat(places.take(a, "another")).isNull();
        assertThat(places.take(b, "another")).isNotNull();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Places.Place first = places.take(a, "x");
        assertThat(places.take(a, "x")).isNotNull();
        first.leave();
        first.leave();
        assertThat(places.taken()).isEqualTo(1);
        assertThat(places.take(a, "x")).isNotNull();
        assertThat(places.take(a, "x")).isNull();
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
