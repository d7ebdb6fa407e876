package dev.holdfast.server.scrub;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.store.scrub.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * {@code GET /api/holdfast/v1/scrub}: how far the scrub is and what it found. Ours, beside the Public API. A key sees
 * findings that concern its projects; files that no snapshot needs are shown to keys that see every project.
 */
public final class ScrubRoutes implements Routes {
    private final ScrubLog scrubs;
    private final Snapshots snapshots;
    private final ScrubSettings settings;

    /** Does no I/O. */
    public ScrubRoutes(ScrubLog scrubs, Snapshots snapshots, ScrubSettings settings) {
        this.scrubs = scrubs;
        this.snapshots = snapshots;
        this.settings = settings;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/holdfast/v1/scrub", Need.KEY, this::show);
    }

    /**
     * The document.
     *
     * @param ageSeconds since the last whole round began; null before the first is over
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ScrubJson(
            Long ageSeconds,
            long bytesPerDay,
            long bytesToday,
            String cursor,
            List<FindingJson> findings,
            String lastRead,
            RoundJson lastRound,
            RoundJson round) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RoundJson(String begun, long bytes, String ended) {}

    record FindingJson(String file, String found, long offset, List<TouchedJson> parts, String what) {}

    record TouchedJson(String groupId, String partId, String snapshotId) {}

    private Answer show(Call call) {
        ScrubState state = scrubs.state();
        Duration age = state.age(call.now());
        RoundJson last = state.lastEnded() == null
                ? null
                : new RoundJson(date(state.lastBegun()), state.lastBytes(), date(state.lastEnded()));
        RoundJson round =
                state.roundBegun() == null ? null : new RoundJson(date(state.roundBegun()), state.roundBytes(), null);
        return Answer.ok(new ScrubJson(
                age == null ? null : age.toSeconds(),
                settings.bytesPerDay(),
                state.readToday(call.now()),
                state.cursor().toString(),
                scrubs.findings().stream()
                        .map(finding -> document(call, finding))
                        .filter(Objects::nonNull)
                        .toList(),
                date(state.touched()),
                last,
                round));
    }

    /** Null if it is none of the caller's business. */
    private FindingJson document(Call call, Finding finding) {
        List<TouchedJson> touched = finding.damage().parts().stream()
                .filter(part -> call.caller().sees(part.project()))
                .map(this::touched)
                .toList();
        if (touched.isEmpty() && !call.caller().seesAllGroups()) {
            return null;
        }
        Damage damage = finding.damage();
        return new FindingJson(damage.blob(), date(finding.found()), damage.offset(), touched, damage.what());
    }

    private TouchedJson touched(Damage.Part part) {
        String snapshot = snapshots
                .findPart(part.project(), part.id())
                .map(begun -> begun.snapshot().hex())
                .orElse(null);
        return new TouchedJson(part.project().hex(), part.id().hex(), snapshot);
    }

    private static String date(Instant moment) {
        return moment == null ? null : ApiJson.date(moment);
    }
}
