package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.id.GroupId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RatesTest {
    private static final GroupId OURS = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId THEIRS = new GroupId("5196d3628d022db4cbc26d9f");
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27Z");

    @Test
    void aProjectThatAsksTooMuch_isRefusedUntilItsTokensComeBack_andNobodyElseIs() {
        Rates rates = new Rates(60, 3);
        for (int i = 0; i < 3; i++) {
            rates.take(OURS, "/x", NOW);
        }
        Rates.Exceeded exceeded = catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW));
        assertThat(exceeded.answer().status()).isEqualTo(429);
        assertThat(exceeded.answer().headers()).containsEntry("Retry-After", "1");
        assertThatCode(() -> rates.take(THEIRS, "/x", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> rates.take(OURS, "/x", NOW.plusSeconds(1))).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW.plusSeconds(1))))
                .isNotNull();
    }

    @Test
    void aQuietTime_savesUpNoMoreThanABurst_andAClockThatIsSetBackGivesNothing() {
        Rates rates = new Rates(60, 2);
        rates.take(OURS, "/x", NOW);
        rates.take(OURS, "/x", NOW.plusSeconds(3600));
        rates.take(OURS, "/x", NOW.plusSeconds(3600));
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW.plusSeconds(3600))))
                .isNotNull();
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW)))
                .isNotNull();
    }

    @Test
    void withoutALimit_nothingIsRefused() {
        Rates rates = new Rates(0, 0);
        for (int i = 0; i < 10_000; i++) {
            rates.take(OURS, "/x", NOW);
        }
    }
}
