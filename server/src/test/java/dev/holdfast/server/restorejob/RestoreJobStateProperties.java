package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.delivery.LinkState.Status;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class RestoreJobStateProperties {
    @Property
    void aPath_neverComesBackToAState_andEndsAfterTwoSteps(@ForAll List<RestoreJobState> wishes) {
        RestoreJobState state = RestoreJobState.IN_PROGRESS;
        int steps = 0;
        for (RestoreJobState wish : wishes) {
            if (state.mayBecome(wish)) {
                assertThat(wish).isNotEqualTo(state).isNotEqualTo(RestoreJobState.IN_PROGRESS);
                state = wish;
                steps++;
            }
        }
        assertThat(steps).isLessThanOrEqualTo(2);
    }

    @Property
    void onlyDamage_changesWhatIsSeen_andNeverAStateThatEnded(@ForAll RestoreJobState state, @ForAll Status link) {
        RestoreJobState seen = state.seenWith(link);
        if (link != Status.FAILED || state == RestoreJobState.KILLED) {
            assertThat(seen).isEqualTo(state);
        } else {
            assertThat(seen).isEqualTo(RestoreJobState.BROKEN);
        }
    }
}
