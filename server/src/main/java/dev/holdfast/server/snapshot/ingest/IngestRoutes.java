package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
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
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
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

    private final SnapshotIngest ingest;
    private final IngestSettings settings;
    private final IngestWorkers workers;
    private final Slots bodies;
    private final Slots commits;

    /** Does no I/O. */
    public IngestRoutes(SnapshotIngest ingest, IngestSettings settings) {
        this.ingest = ingest;
        this.settings = settings;
        this.workers = ingest.workers();
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
                body.text("masterKeyUUID"),
                body.number("unchangedSinceMillis"),
                body.flag("timestampKnown"));
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
        workers.run(context, () -> FileListSpool.create(settings.spoolFolder(), settings.spoolReserve()))
                .compose(spool -> reader(context, request)
                        .into(spool)
                        .compose(read -> commits.take(context))
                        .compose(slot -> workers.run(context, () -> ingest.commit(call.group(), part, spool))
                                .onComplete(any -> slot.release()))
                        .eventually(() -> workers.run(context, () -> {
                            spool.close();
                            return null;
                        })))
                .onSuccess(committed -> call.answer(Answer.ok(committed)))
                .onFailure(trouble -> fail(call, trouble));
    }

    /** What is done with a body that fits into memory. */
    private interface BodyWork<T> {
        T with(byte[] body);
    }

    private <T> void small(HttpServerRequest request, StreamCall call, int max, BodyWork<T> work, Consumer<T> answer) {
        Context context = Vertx.currentContext();
        bodies.take(context)
                .compose(slot -> reader(context, request)
                        .intoMemory(max)
                        .compose(body -> workers.run(context, () -> work.with(body)))
                        .onComplete(any -> slot.release()))
                .onSuccess(answer::accept)
                .onFailure(trouble -> fail(call, trouble));
    }

    private BodyReader reader(Context context, HttpServerRequest request) {
        return new BodyReader(context, request, settings.stall(), workers);
    }

    private static void fail(StreamCall call, Throwable trouble) {
        if (trouble instanceof PartUpload.BlocksMissing missing) {
            AgentApi.BlocksMissing document = new AgentApi.BlocksMissing(
                    missing.blocks().stream().map(BlockId::toString).toList());
            call.answer(new Answer(409, document, Map.of()));
        } else if (!(trouble instanceof BodyReader.Gone)) {
            call.fail(trouble);
        }
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
