package dev.holdfast.server.delivery;

import dev.holdfast.server.delivery.ByteRanges.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the downloads of one link. Pure: it knows neither rows nor sockets, and time is an argument.
 *
 * <p>There is no client identity, so each byte sent fills the oldest open attempt that lacks it. It follows that
 * attempt <i>n</i> covers exactly the bytes that were sent at least <i>n</i> times, and that a download counts as soon as
 * every byte was sent once more than the downloads before it needed: a client that resumes, or fetches with many
 * connections, uses up one download, and a client that begins again from zero uses up one too.
 *
 * <p>The hard promise is about bytes: they are charged before they leave, what was charged and did not leave is given
 * back, and the sum never passes {@link LinkTerms#budget}. What a killed process had charged is never given back, and it
 * counts as sent up to where its client resumes.
 */
final class AttemptLedger {
    /** Most open attempts that are kept; bytes beyond the last of them fill none. */
    static final int MAX_OPEN = 64;

    /** Most ranges of an attempt; sent bytes that would make more of them are not remembered. */
    static final int MAX_RANGES = 2048;

    /** A sending that was silent for so long belongs to a dead process: a living one speaks up every few seconds. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** How long a dead process's sending waits for its client to resume. */
    static final Duration FORGET = Duration.ofHours(24);

    /** Whether a request is served. */
    enum Admission {
        SERVED,
        EXPIRED,
        USED_UP
    }

    private final LinkTerms terms;
    private final List<Attempt> open;
    private final Map<String, Sending> sendings;
    private int completed;
    private Instant completedAt;
    private long charged;

    /**
     * Takes up where a ledger was left.
     *
     * @param completedAt when the latest download was completed, null while there is none
     * @param charged bytes that may have left
     * @param open attempts, oldest first
     * @param sendings what running answers were charged for, by their ids
     */
    AttemptLedger(
            LinkTerms terms,
            int completed,
            Instant completedAt,
            long charged,
            List<Attempt> open,
            Map<String, Sending> sendings) {
        this.terms = terms;
        this.completed = completed;
        this.completedAt = completedAt;
        this.charged = charged;
        this.open = new ArrayList<>(open);
        this.sendings = new LinkedHashMap<>(sendings);
    }

    static AttemptLedger fresh(LinkTerms terms) {
        return new AttemptLedger(terms, 0, null, 0, List.of(), Map.of());
    }

    int completed() {
        return completed;
    }

    Instant completedAt() {
        return completedAt;
    }

    long charged() {
        return charged;
    }

    List<Attempt> open() {
        return List.copyOf(open);
    }

    Map<String, Sending> sendings() {
        return Map.copyOf(sendings);
    }

    /** Bytes that the oldest open attempt lacks. */
    long missing() {
        return open.isEmpty()
                ? terms.size()
                : terms.size() - open.get(0).covered().size();
    }

    private boolean allDone() {
        return !terms.unlimited() && completed >= terms.maxDownloads();
    }

    /**
     * Whether a request may be served.
     *
     * @param wanted the bytes it asks for; empty for a range that lies behind the end
     * @param plain whether it asks for the whole archive, without a range
     */
    Admission admit(ByteRanges wanted, boolean plain, Instant now) {
        boolean late = !now.isBefore(terms.expires());
        if (allDone() && (plain || !isTail(wanted, now))) {
            return Admission.USED_UP;
        }
        if (!allDone() && late && (plain || !joins(wanted, now))) {
            return Admission.EXPIRED;
        }
        return terms.budget() - charged < wanted.size() ? Admission.USED_UP : Admission.SERVED;
    }

    /** Whether a request is answered that costs no bytes, such as HEAD. */
    Admission look(Instant now) {
        if (allDone() || terms.budget() - charged < terms.size()) {
            return Admission.USED_UP;
        }
        ByteRanges whole = new ByteRanges(List.of(new Range(0, terms.size())));
        return now.isBefore(terms.expires()) || joins(whole, now) ? Admission.SERVED : Admission.EXPIRED;
    }

    /** "Sent" means that the kernel took it: the end of a counted download may be asked for again for a while. */
    private boolean isTail(ByteRanges wanted, Instant now) {
        long earliest = Math.max(1, terms.size() - terms.tailBytes());
        return now.isBefore(completedAt.plus(terms.tailWindow()))
                && wanted.ranges().stream().allMatch(range -> range.from() >= earliest);
    }

    private boolean joins(ByteRanges wanted, Instant now) {
        return now.isBefore(terms.graceEnd())
                && open.stream()
                        .filter(attempt -> attempt.begun().isBefore(terms.expires()))
                        .anyMatch(attempt -> wanted.ranges().stream()
                                .anyMatch(
                                        range -> attempt.covered().within(range).size() < range.length()));
    }

    /**
     * Begins to send bytes, or goes on: what {@code id} sent so far is counted, what it was charged for and did not send
     * is given back, and the next bytes are charged.
     *
     * @param id the running answer
     * @param sentTo end of the bytes that left of those charged before; ignored when {@code id} is new
     * @param from where it goes on
     * @param to how far it would like to go; {@code from} for a mere sign of life
     * @return how far it may go now; {@code from} when nothing is left or the grace is over
     */
    long send(String id, String node, long sentTo, long from, long to, Instant now) {
        Sending before = sendings.remove(id);
        count(before, sentTo, now);
        if (open.isEmpty() && !allDone()) {
            open.add(new Attempt(now, ByteRanges.NONE));
        }
        // what was granted before may be on its way to the socket already and is never taken back
        long underWay = before == null || from < before.from() || from > before.to() ? 0 : before.to() - from;
        boolean over = !now.isBefore(terms.graceEnd()) && !allDone();
        long granted = Math.max(underWay, over ? 0 : Math.min(to - from, terms.budget() - charged));
        charged += granted;
        sendings.put(id, new Sending(node, from, from + granted, -1, now));
        return from + granted;
    }

    /**
     * Ends an answer: counts what it sent and gives back what was never handed over.
     *
     * @param sentTo end of the bytes that the kernel took
     * @param handedTo end of the bytes that were given to the socket; when the connection broke, some of those behind
     *     {@code sentTo} may have left. They stay charged, and the place where the client resumes tells how many arrived
     */
    void end(String id, long sentTo, long handedTo, Instant now) {
        Sending sending = sendings.remove(id);
        if (sending == null) {
            return;
        }
        long sent = Math.max(sending.from(), sentTo);
        if (handedTo <= sent) {
            count(sending, sent, now);
            return;
        }
        charged -= sending.to() - handedTo;
        if (sent > sending.from()) {
            fill(new Range(sending.from(), sent), now);
        }
        sendings.put(id, new Sending(sending.node(), sent, handedTo, sending.resumed(), silent(now)));
    }

    /** When a sending that is known to be dead at {@code now} seems to have shown its last sign of life. */
    static Instant silent(Instant now) {
        return now.minus(SILENCE).minusMillis(1);
    }

    private void count(Sending sending, long sentTo, Instant now) {
        if (sending == null) {
            return;
        }
        charged -= sending.to() - Math.max(sending.from(), sentTo);
        if (sentTo > sending.from()) {
            fill(new Range(sending.from(), sentTo), now);
        }
    }

    /**
     * A client asks for bytes from {@code from} on. If they lie within what another answer was charged for, and that
     * answer's process turns out to be dead, this tells how far it had come.
     */
    void resumedAt(long from) {
        sendings.replaceAll((id, sending) -> from > sending.from() && from <= sending.to()
                ? new Sending(
                        sending.node(),
                        sending.from(),
                        sending.to(),
                        Math.max(sending.resumed(), from),
                        sending.touched())
                : sending);
    }

    /** Settles the sendings of dead processes whose clients have resumed, and drops those too old to be resumed. */
    void settleDead(Instant now) {
        for (Map.Entry<String, Sending> entry : Map.copyOf(sendings).entrySet()) {
            Sending sending = entry.getValue();
            boolean dead = sending.touched().plus(SILENCE).isBefore(now);
            if (dead && sending.proven() != null) {
                sendings.remove(entry.getKey());
                fill(sending.proven(), now);
            } else if (sending.touched().plus(FORGET).isBefore(now)) {
                sendings.remove(entry.getKey());
            }
        }
    }

    private void fill(Range sent, Instant now) {
        ByteRanges left = new ByteRanges(List.of(sent));
        for (int i = 0;
                !left.isEmpty() && i < MAX_OPEN && (terms.unlimited() || i < terms.maxDownloads() - completed);
                i++) {
            if (i == open.size()) {
                open.add(new Attempt(now, ByteRanges.NONE));
            }
            Attempt attempt = open.get(i);
            ByteRanges before = attempt.covered();
            ByteRanges after = before;
            List<Range> had = new ArrayList<>();
            for (Range range : left.ranges()) {
                had.addAll(before.within(range).ranges());
                after = after.plus(range);
            }
            if (after.ranges().size() <= MAX_RANGES) {
                open.set(i, attempt.with(after));
            }
            left = new ByteRanges(had);
        }
        while (!open.isEmpty() && open.get(0).covered().size() == terms.size()) {
            open.remove(0);
            completed++;
            completedAt = now;
        }
    }
}
