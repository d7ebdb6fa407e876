package dev.holdfast.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /api/holdfast/v1/audit}: the records, the latest first. Without {@code groupId} for those who read
 * everything; with it for the owner of that project too.
 */
public final class AuditRoutes implements Routes {
    private final AuditTrail trail;

    /** Does no I/O. */
    public AuditRoutes(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/holdfast/v1/audit", Need.KEY, this::list);
    }

    private Answer list(Call call) {
        GroupId group = group(call);
        Paging paging = Paging.of(call);
        AuditFilter filter = new AuditFilter(group, kind(call), moment(call, "from"), moment(call, "to"));
        List<Map<String, Object>> records =
                trail.page(filter, paging).stream().map(AuditRoutes::document).toList();
        return Answer.ok(paging.page(call, records, trail.count(filter)));
    }

    private static GroupId group(Call call) {
        String text = call.query("groupId");
        if (text == null) {
            if (!call.caller().seesAllGroups()) {
                throw new Refusal(ErrorCode.USER_UNAUTHORIZED)
                        .saying("The whole audit trail is for keys that read every project; name one with groupId.");
            }
            return null;
        }
        GroupId group = GroupId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_GROUP_ID, text));
        // the same for a project that does not exist, as everywhere
        if (!call.caller().sees(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
        if (!call.caller().seesAllGroups() && !call.caller().administers(group)) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
        return group;
    }

    private static AuditKind kind(Call call) {
        String text = call.query("kind");
        if (text == null) {
            return null;
        }
        return Arrays.stream(AuditKind.values())
                .filter(kind -> kind.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "kind"));
    }

    private static Instant moment(Call call, String name) {
        String text = call.query(name);
        if (text == null) {
            return null;
        }
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            // what no row can hold is no moment either
            return Instant.ofEpochMilli(moment.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, name);
        }
    }

    private static Map<String, Object> document(AuditRow row) {
        try {
            Map<String, Object> document =
                    ApiJson.mapper().readValue(row.text(), new TypeReference<TreeMap<String, Object>>() {});
            document.put("hash", row.hash());
            return document;
        } catch (JsonProcessingException e) {
            // whoever changed it shall not be able to hide the others behind an error
            return new TreeMap<>(Map.of("seq", row.seq(), "hash", row.hash(), "what", "THIS RECORD CANNOT BE READ"));
        }
    }
}
