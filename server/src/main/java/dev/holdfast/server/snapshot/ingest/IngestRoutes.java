package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.StreamCall;
import dev.holdfast.store.PartUpload;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The agent API over HTTP; its paths and bodies are told in the story of {@link dev.holdfast.contract.agentapi}. Small
 * JSON bodies come through {@link Call}; offers, segments and file lists are read here, without ever blocking the event
 * loop.
 */
public final class IngestRoutes implements Routes {
    private static final String GROUP = AgentApi.BASE + "/groups/{groupId}";
    private static final String PART = GROUP + "/parts/{partId}";
    private static final String SNAPSHOTS = GROUP + "/snapshots";
    // enough for an answer to arrive before the connection is cut under a body that nobody reads
    private static final long GRACE_MILLIS = 1000;

    private final SnapshotIngest ingest;
    private final IngestSettings settings;
    private final Slots bodies;
    private final Slots commits;

    /** Does no I/O. */
    public IngestRoutes(SnapshotIngest ingest, IngestSettings settings) {
        this.ingest = ingest;
        this.settings = settings;
        this.bodies = new Slots("bodies of offers and segments", settings.bodies());
        this.commits = new Slots("commits", settings.commits());
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", SNAPSHOTS, Need.AGENT, this::beginSnapshot);
        table.add("POST", SNAPSHOTS + "/{snapshotId}/parts", Need.AGENT, this::beginPart);
        table.add("POST", SNAPSHOTS + "/{snapshotId}/commit", Need.AGENT, this::commitSnapshot);
        table.add("DELETE", PART, Need.AGENT, this::abandon);
        table.addStream("POST", PART + "/offer", Need.AGENT, this::offer);
        table.addStream("POST", PART + "/segments", Need.AGENT, this::segments);
        table.addStream("POST", PART + "/commit", Need.AGENT, this::commit);
    }

    private Answer beginSnapshot(Call call) {
        JsonFields body = JsonFields.of(call.body());
        BeginSnapshot wanted =
                new BeginSnapshot(body.text("clusterId"), body.text("hostId"), body.number("expiresInHours"));
        body.refuseUnknown();
        return new Answer(201, ingest.beginSnapshot(call.group(), wanted), Map.of());
    }

    private Answer beginPart(Call call) {
        JsonFields body = JsonFields.of(call.body());
        Boolean encrypted = body.flag("encryptionEnabled");
        Long increment = body.number("timestampIncrement");
        BeginPart wanted = new BeginPart(
                body.text("clusterId"),
                body.text("hostId"),
                body.required("timestampSeconds", body.number("timestampSeconds")),
                increment == null ? 1 : increment,
                body.text("storageEngine"),
                body.text("mongodOptions"),
                encrypted != null && encrypted,
                body.text("masterKeyUUID"));
        body.refuseUnknown();
        return new Answer(201, ingest.beginPart(call.group(), snapshotId(call), wanted), Map.of());
    }

    private Answer commitSnapshot(Call call) {
        return Answer.ok(ingest.commitSnapshot(call.group(), snapshotId(call)));
    }

    private Answer abandon(Call call) {
        ingest.abandon(call.group(), partId(call));
        return Answer.empty(204);
    }

    private void offer(HttpServerRequest request, StreamCall call) {
        PartId part = partId(call);
        small(
                request,
                call,
                AgentApi.MAX_OFFER * BlockId.LENGTH,
                body -> ingest.offer(call.group(), part, body),
                bits -> {
                    if (!request.response().ended() && !request.response().closed()) {
                        request.response().putHeader("Content-Type", "application/octet-stream");
                        request.response().end(Buffer.buffer(bits));
                    }
                });
    }

    private void segments(HttpServerRequest request, StreamCall call) {
        PartId part = partId(call);
        small(
                request,
                call,
                AgentApi.MAX_SEGMENTS_BODY,
                body -> ingest.segments(call.group(), part, body),
                stored -> call.answer(Answer.ok(stored)));
    }

    private void commit(HttpServerRequest request, StreamCall call) {
        PartId part = partId(call);
        Context context = Vertx.currentContext();
        Callable<FileListSpool> create = () -> FileListSpool.create(settings.spoolFolder(), settings.spoolReserve());
        BodyState state = new BodyState();
        context.executeBlocking(create, false)
                .compose(spool -> new BodyReader(context, request, settings.stall())
                        .into(spool)
                        .onSuccess(read -> state.whole = true)
                        .compose(read -> commits.take(context))
                        .compose(slot -> work(context, () -> ingest.commit(call.group(), part, spool))
                                .onComplete(any -> slot.release()))
                        .eventually(() -> work(context, () -> {
                            spool.close();
                            return null;
                        })))
                .onSuccess(committed -> call.answer(Answer.ok(committed)))
                .onFailure(trouble -> fail(context, request, call, state, trouble));
    }

    /** What is done with a body that fits into memory. */
    private interface BodyWork<T> {
        T with(byte[] body);
    }

    private <T> void small(HttpServerRequest request, StreamCall call, int max, BodyWork<T> work, Consumer<T> answer) {
        Context context = Vertx.currentContext();
        BodyState state = new BodyState();
        bodies.take(context)
                .compose(slot -> new BodyReader(context, request, settings.stall())
                        .intoMemory(max)
                        .onSuccess(read -> state.whole = true)
                        .compose(body -> work(context, () -> work.with(body)))
                        .onComplete(any -> slot.release()))
                .onSuccess(answer::accept)
                .onFailure(trouble -> fail(context, request, call, state, trouble));
    }

    private static <T> Future<T> work(Context context, Callable<T> blocking) {
        return context.executeBlocking(blocking, false);
    }

    private static void fail(
            Context context, HttpServerRequest request, StreamCall call, BodyState state, Throwable trouble) {
        if (trouble instanceof BodyTrouble body) {
            if (body.status() != 0) {
                String detail = body.getMessage();
                call.answer(new Answer(body.status(), ErrorJson.ofStatus(body.status(), detail), Map.of()));
            }
        } else if (trouble instanceof PartUpload.BlocksMissing missing) {
            AgentApi.BlocksMissing document = new AgentApi.BlocksMissing(
                    missing.blocks().stream().map(BlockId::toString).toList());
            call.answer(new Answer(409, document, Map.of()));
        } else {
            call.fail(trouble);
        }
        if (!state.whole && !request.isEnded()) {
            // what still comes must not be taken for another request; it is thrown away until the answer has arrived
            request.handler(ignored -> {});
            request.resume();
            context.owner().setTimer(GRACE_MILLIS, over -> request.connection().close());
        }
    }

    /** Whether a body was read to its end. */
    private static final class BodyState {
        private boolean whole;
    }

    private static PartId partId(Call call) {
        String text = call.pathParameter("partId");
        return PartId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path()));
    }

    private static SnapshotId snapshotId(Call call) {
        String text = call.pathParameter("snapshotId");
        return SnapshotId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_SNAPSHOT_ID, text));
    }
}
