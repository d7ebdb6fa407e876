package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.KeyId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final KnownKeys known = new KnownKeys();

    @Test
    void key_isKnownForTwoSeconds() {
        known.put(key("abcdefgh"), known.clearings());
        assertThat(known.get("abcdefgh", NOW)).isNotNull();
        assertThat(known.get("abcdefgh", NOW.plusMillis(1999))).isNotNull();
        assertThat(known.get("abcdefgh", NOW.plusSeconds(2))).isNull();
        assertThat(known.get("zzzzzzzz", NOW)).isNull();
    }

    @Test
    void clockThatWasSetBack_doesNotProlongAKey() {
        known.put(key("abcdefgh"), known.clearings());
        assertThat(known.get("abcdefgh", NOW.minusMillis(1))).isNull();
    }

    @Test
    void rowsReadBeforeAChange_areNotKept() {
        long before = known.clearings();
        known.clear();
        known.put(key("abcdefgh"), before);
        assertThat(known.get("abcdefgh", NOW)).isNull();
    }

    @Test
    void clear_forgets() {
        known.put(key("abcdefgh"), known.clearings());
        known.clear();
        assertThat(known.get("abcdefgh", NOW)).isNull();
    }

    private static KnownKeys.Known key(String publicKey) {
        KeyId id = new KeyId("5196d3628d022db4cbc26d9e");
        return new KnownKeys.Known(KeyCaller.of(id, publicKey, null, List.of(), List.of()), new Ha1(new byte[16]), NOW);
    }
}
