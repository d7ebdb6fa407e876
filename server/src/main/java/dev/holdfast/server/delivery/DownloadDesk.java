package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import dev.holdfast.server.delivery.Reply.Bare;
import dev.holdfast.server.delivery.Reply.Download;
import dev.holdfast.server.delivery.Reply.Piece;
import dev.holdfast.server.delivery.Reply.Refused;
import dev.holdfast.server.http.StatusRefusal;
import dev.holdfast.store.Archive;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Decides what is answered to a download request. Blocks on the database and the store: for worker threads. */
final class DownloadDesk {
    private static final String GZIP = "application/gzip";

    // one answer for a wrong token, a wrong name and a job that does not exist; it does not repeat what was asked for,
    // which may be a token with a typing error
    private static final Refused NO_SUCH_LINK =
            notFound("There is no such download link. Take delivery.url of the restore job as it is.");

    // the reason names files of the store; it is for the log and the job, not for whoever has the link
    private static final Refused BROKEN =
            notFound("The archive can no longer be given. Look at the restore job, and restore another snapshot.");

    private static final Refused KILLED = new Refused(
            new StatusRefusal(410, "An administrator has stopped this restore job. Create a new one if it is needed."));

    private final Database database;
    private final SnapshotStore store;
    private final Ledgers ledgers;
    private final BrokenLinks brokenLinks;
    private final DownloadWatch watch;
    private final SecureRandom random;

    DownloadDesk(
            Database database,
            SnapshotStore store,
            Ledgers ledgers,
            BrokenLinks brokenLinks,
            DownloadWatch watch,
            SecureRandom random) {
        this.watch = watch;
        this.database = database;
        this.store = store;
        this.ledgers = ledgers;
        this.brokenLinks = brokenLinks;
        this.random = random;
    }

    /**
     * One request.
     *
     * @param job the path's segments, decoded
     * @param head whether it is a HEAD
     * @param from where the client is
     * @param header gives the value of a header, null when there is none
     */
    record Ask(String job, String token, String file, boolean head, InetAddress from, UnaryOperator<String> header) {}

    /** What to answer; for a {@link Download} its first bytes are charged already. */
    Reply answer(Ask ask, Instant now) {
        LinkRow link = JobId.parse(ask.job())
                .flatMap(id -> LinkTable.find(database, id))
                .orElse(null);
        if (link == null
                || !LinkToken.matches(link.token(), ask.token())
                || !LinkToken.matches(link.request().fileName(), ask.file())) {
            return NO_SUCH_LINK;
        }
        if (link.killed() != null) {
            return KILLED;
        }
        if (link.broken() != null) {
            return BROKEN;
        }
        Archive archive;
        try {
            archive = store.open(link.request().group(), link.request().part()).archive(link.topFolder());
        } catch (NoSuchPart e) {
            if (!now.isBefore(link.request().expires())) {
                return expired(ask, link, now); // nothing was lost: its snapshot may be forgotten by now
            }
            brokenLinks.gone(link.id());
            return BROKEN;
        } catch (Corruption e) {
            brokenLinks.damaged(link.id(), e);
            return BROKEN;
        }
        return answer(ask, link, archive, now);
    }

    private Reply expired(Ask ask, LinkRow link, Instant now) {
        refused(ask, link, "expired", now);
        return new Refused(new StatusRefusal(
                410,
                "The download link expired at " + ApiJson.date(link.request().expires())
                        + ". Create a new restore job."));
    }

    private Reply answer(Ask ask, LinkRow link, Archive archive, Instant now) {
        long size = archive.length();
        String tag = '"' + archive.entityTag() + '"';
        Selection wanted =
                Selection.of(ask.header(), ask.head(), size, tag, link.request().created());
        boolean free = ask.head() || wanted.status() == 304 || wanted.status() == 412;
        String stream = free ? null : random(16);
        Ledgers.Opening opening = free
                ? new Ledgers.Opening(ledgers.look(link, size, now), 0)
                : ledgers.open(link, size, wanted, stream, ask.from(), now);
        if (opening.admission() == Admission.EXPIRED) {
            return expired(ask, link, now);
        }
        if (opening.admission() == Admission.USED_UP) {
            refused(ask, link, "used up", now);
            return new Refused(new StatusRefusal(
                    403,
                    "The download link is used up: the downloads it permits ("
                            + link.request().maxDownloads()
                            + "), or the allowance for retrying them. Create a new restore job."));
        }
        Map<String, String> headers = headers(link, tag);
        if (wanted.status() == 416) {
            headers.put("Content-Range", "bytes */" + size);
            return new Bare(416, headers);
        }
        if (free && wanted.status() != 200) {
            return new Bare(wanted.status(), headers);
        }
        if (ask.head()) {
            headers.put("Content-Type", GZIP);
            headers.put("Content-Length", Long.toString(size));
            return new Bare(200, headers);
        }
        return download(link, archive, wanted, headers, stream, opening.grantedTo(), ask.from());
    }

    private void refused(Ask ask, LinkRow link, String why, Instant now) {
        watch.refused(
                new DownloadWatch.Download(link.request().group(), link.id(), link.completed(), ask.from(), now), why);
    }

    private Download download(
            LinkRow link,
            Archive archive,
            Selection wanted,
            Map<String, String> headers,
            String stream,
            long granted,
            InetAddress from) {
        long size = archive.length();
        List<Range> ranges = wanted.ranges().ranges();
        if (ranges.size() > 1) {
            Multipart body = Multipart.of(wanted.ranges(), size, GZIP, random(16));
            headers.put("Content-Type", body.contentType());
            headers.put("Content-Length", Long.toString(body.length()));
            return new Download(206, headers, link, archive, body.pieces(), body.epilogue(), stream, granted, from);
        }
        Range range = ranges.get(0);
        headers.put("Content-Type", GZIP);
        headers.put("Content-Length", Long.toString(range.length()));
        if (!wanted.plain()) {
            headers.put("Content-Range", Multipart.contentRange(range, size));
        }
        List<Piece> pieces = List.of(new Piece(new byte[0], range));
        return new Download(wanted.status(), headers, link, archive, pieces, new byte[0], stream, granted, from);
    }

    private static Map<String, String> headers(LinkRow link, String tag) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", tag);
        headers.put("Last-Modified", Selection.date(link.request().created()));
        // a proxy that compresses or keeps the archive would break ranges and outlive the link
        headers.put("Cache-Control", "private, no-transform");
        headers.put(
                "Content-Disposition",
                "attachment; filename=\"" + link.request().fileName() + "\"");
        if (link.hash() != null) {
            byte[] sha256 = HexFormat.of().parseHex(link.hash().sha256());
            headers.put("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
        }
        return headers;
    }

    private static Refused notFound(String detail) {
        return new Refused(new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "download").saying(detail));
    }

    private String random(int bytes) {
        byte[] chance = new byte[bytes];
        random.nextBytes(chance);
        return HexFormat.of().formatHex(chance);
    }
}
