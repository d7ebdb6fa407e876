package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.AssignmentState;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.restorejob.JobOutcome.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to link, agents and row, in whatever order: what is shown of a job never goes back. */
final class JobOutcomeProperties {
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27Z");
    private static final String HEX = "56da071f8d022d10b2f0a7c4";
    private static final GroupId GROUP = new GroupId(HEX);

    @Property
    void whatIsSeen_followsTheDocumentedLifeCycle(
            @ForAll boolean automated,
            @ForAll @IntRange(min = 1, max = 3) int hosts,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 99) Integer> events) {
        List<AssignmentState> works = new ArrayList<>();
        for (int i = 0; i < hosts && automated; i++) {
            works.add(AssignmentState.OPEN);
        }
        LinkState.Status link = LinkState.Status.READY;
        RestoreJobState row = automated ? RestoreJobState.IN_PROGRESS : RestoreJobState.FINISHED;
        RestoreJobState seen = outcome(row, automated, link, works).state();
        assertThat(seen).isEqualTo(row);
        for (int event : events) {
            if (event < 60 && automated) {
                int host = event % hosts;
                works.set(host, next(works.get(host), event / 10));
            } else if (event < 90) {
                link = link == LinkState.Status.READY ? LinkState.Status.values()[2 + event % 4] : link;
            } else if (outcome(row, automated, link, works).state().mayBecome(RestoreJobState.KILLED)) {
                row = RestoreJobState.KILLED;
            }
            JobOutcome after = outcome(row, automated, link, works);
            assertThat(after.state() == seen || seen.mayBecome(after.state()))
                    .as("%s to %s", seen, after.state())
                    .isTrue();
            seen = after.state();
            boolean allDone = works.stream().allMatch(work -> work == AssignmentState.DONE);
            if (automated && seen == RestoreJobState.FINISHED) {
                assertThat(allDone).isTrue();
            }
            assertThat(after.isOpen()).isEqualTo(seen == RestoreJobState.IN_PROGRESS);
            if (seen == RestoreJobState.BROKEN && automated) {
                assertThat(after.reason()).isNotNull();
            }
        }
    }

    /** As the agents' room moves them: an end is final. */
    private static AssignmentState next(AssignmentState state, int event) {
        if (state.isEnd()) {
            return state;
        }
        return switch (event) {
            case 0 -> AssignmentState.OPEN;
            case 1, 2 -> AssignmentState.LEASED;
            case 3, 4 -> state == AssignmentState.LEASED ? AssignmentState.DONE : AssignmentState.LEASED;
            default -> AssignmentState.FAILED;
        };
    }

    private static JobOutcome outcome(
            RestoreJobState row, boolean automated, LinkState.Status link, List<AssignmentState> states) {
        RestoreJob job = new RestoreJob(
                new JobId(HEX),
                GROUP,
                null,
                new ClusterId(HEX),
                new ClusterId(HEX),
                null,
                new SnapshotId(HEX),
                new PartId(HEX),
                row,
                NOW,
                DeliveryTerms.within(1, 1, NOW),
                1,
                1,
                false,
                null,
                null,
                false,
                automated ? new RestoreTarget(GROUP, new ClusterId(HEX)) : null,
                row == RestoreJobState.KILLED ? "stopped" : null);
        List<Work> works = states.stream()
                .map(state -> new Work(
                        new HostId("5462e6b97a312f26496f7d1385ec6ed5"),
                        new Assignment(
                                new AssignmentId(HEX),
                                GROUP,
                                AssignmentKind.RESTORE,
                                state,
                                null,
                                NOW,
                                state == AssignmentState.OPEN ? 0 : 1,
                                null,
                                null,
                                null,
                                null,
                                0,
                                0,
                                null,
                                "why",
                                null)))
                .toList();
        return JobOutcome.of(job, new LinkState(link, "/x", null, null, 0), works);
    }
}
