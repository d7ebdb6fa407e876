package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class AttemptLedgerProperties {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int UNIT = 16;
    private static final int LOSS = 8;

    private static LinkTerms terms(int size, int maxDownloads, double retries) {
        return new LinkTerms(
                size, maxDownloads, START.plusSeconds(3600), retries, Duration.ofHours(1), Duration.ofMinutes(10), 64);
    }

    /** One answer of a simulated server, in front of a client that may go away. */
    private static final class Answer {
        final Link link;
        final String id;
        final long end;
        long sent;
        long granted;
        boolean over;

        Answer(Link link, Range range) {
            this.link = link;
            this.id = "s" + link.streams++;
            this.end = range.to();
            this.sent = range.from();
            link.ledger.resumedAt(range.from());
            link.ledger.settleDead(link.now);
            this.granted = link.ledger.send(id, "n", sent, sent, Math.min(end, sent + UNIT), link.now);
        }

        /** Sends up to {@code bytes}; false when there is nothing more to send. */
        boolean step(long bytes) {
            if (over) {
                return false;
            }
            if (sent == granted && sent < end) {
                granted = link.ledger.send(id, "n", sent, sent, Math.min(end, sent + UNIT), link.now);
            }
            long to = Math.min(granted, sent + bytes);
            link.left(sent, to);
            boolean stuck = to == sent;
            sent = to;
            if (sent == end || stuck) {
                over = true;
                link.ledger.end(id, sent, sent, link.now);
            }
            return !over;
        }

        /** The connection breaks; some of what the socket holds may have left. Gives how far the client has come. */
        long cut(long unseen) {
            if (over) {
                return sent;
            }
            long handed = Math.min(granted, sent + unseen);
            long arrived = leave(handed);
            link.ledger.end(id, sent, handed, link.now);
            return arrived;
        }

        /** The process dies: nobody ends the answer, and half a minute later everybody knows. */
        long crash(long unseen) {
            long arrived = over ? sent : leave(Math.min(granted, sent + unseen));
            link.now = link.now.plus(AttemptLedger.SILENCE).plusSeconds(1);
            return arrived;
        }

        /** The kernel never took all that it was handed, else that would have been counted. */
        private long leave(long handed) {
            over = true;
            long arrived = Math.max(sent, handed - 1);
            link.left(sent, arrived);
            return arrived;
        }
    }

    private static final class Link {
        final LinkTerms terms;
        final AttemptLedger ledger;
        final int[] left;
        long total;
        int streams;
        Instant now = START;

        Link(LinkTerms terms) {
            this.terms = terms;
            this.ledger = AttemptLedger.fresh(terms);
            this.left = new int[(int) terms.size()];
        }

        void left(long from, long to) {
            for (long i = from; i < to; i++) {
                left[(int) i]++;
                total++;
            }
        }

        int fewest() {
            int fewest = Integer.MAX_VALUE;
            for (int count : left) {
                fewest = Math.min(fewest, count);
            }
            return fewest;
        }

        Answer ask(Range range, boolean plain) {
            return ledger.admit(new ByteRanges(List.of(range)), plain, now) == Admission.SERVED
                    ? new Answer(this, range)
                    : null;
        }

        Answer plain() {
            return ask(new Range(0, terms.size()), true);
        }
    }

    @Property(tries = 400)
    void neverMoreBytesLeaveThanPromised_whateverClientsDo(
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(min = 1, max = 3) int maxDownloads,
            @ForAll @IntRange(max = 3) int retries,
            @ForAll long seed) {
        Random chance = new Random(seed);
        Link link = new Link(terms(size, maxDownloads, retries));
        List<Answer> running = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long from = chance.nextInt(size);
            switch (chance.nextInt(10)) {
                case 0 -> add(running, link.plain());
                case 1, 2 ->
                    add(running, link.ask(new Range(from, from + 1 + chance.nextInt(size - (int) from)), false));
                case 3 -> running.stream().findAny().ifPresent(answer -> answer.cut(chance.nextInt(LOSS)));
                case 4 -> link.now = link.now.plusSeconds(chance.nextInt(120));
                default -> running.forEach(answer -> answer.step(1 + chance.nextInt(20)));
            }
            running.removeIf(answer -> answer.over);
            assertThat(link.total).isLessThanOrEqualTo(link.terms.budget());
            assertThat(link.ledger.charged()).isBetween(link.total, link.terms.budget());
            assertThat(link.ledger.completed()).isLessThanOrEqualTo(maxDownloads);
        }
    }

    private static void add(List<Answer> running, Answer answer) {
        if (answer != null) {
            running.add(answer);
        }
    }

    @Property(tries = 400)
    void aPatientClientEndsWithTheWhole_andUsesUpOneDownload(
            @ForAll @IntRange(min = 200, max = 600) int size,
            @ForAll @IntRange(min = 1, max = 3) int maxDownloads,
            @ForAll @IntRange(max = 8) int cuts,
            @ForAll long seed) {
        Random chance = new Random(seed);
        Link link = new Link(terms(size, maxDownloads, 2));
        long has = 0;
        for (int i = 0; i <= cuts && has < size; i++) {
            Answer answer = has == 0 ? link.plain() : link.ask(new Range(has, size), false);
            assertThat(answer).as("answer " + i + " from byte " + has).isNotNull();
            int steps = i == cuts ? Integer.MAX_VALUE : chance.nextInt(20);
            for (int step = 0; step < steps && answer.step(1 + chance.nextInt(40)); step++) {}
            long arrived = answer.over
                    ? answer.sent
                    : chance.nextBoolean() ? answer.cut(chance.nextInt(LOSS)) : answer.crash(chance.nextInt(LOSS));
            // what left last may be lost with the connection
            has = i == cuts ? arrived : Math.max(has, arrived - chance.nextInt(LOSS));
        }
        assertThat(has).isEqualTo(size);
        assertThat(link.ledger.completed()).isEqualTo(1);
    }

    @Property(tries = 300)
    void parallelFetchersMakeOneDownload(
            @ForAll @IntRange(min = 50, max = 400) int size,
            @ForAll @IntRange(min = 1, max = 8) int parts,
            @ForAll long seed) {
        Random chance = new Random(seed);
        Link link = new Link(terms(size, 3, 2));
        List<Range> todo = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            todo.add(new Range((long) size * i / parts, (long) size * (i + 1) / parts));
        }
        List<Answer> running = new ArrayList<>();
        while (!todo.isEmpty() || !running.isEmpty()) {
            if (!todo.isEmpty()) {
                running.add(link.ask(todo.remove(chance.nextInt(todo.size())), false));
            }
            Answer answer = running.get(chance.nextInt(running.size()));
            if (chance.nextInt(12) == 0 && !answer.over) {
                long has = answer.cut(chance.nextInt(LOSS));
                if (has < answer.end) {
                    todo.add(new Range(has, answer.end));
                }
            } else {
                answer.step(1 + chance.nextInt(40));
            }
            running.removeIf(some -> some.over);
        }
        assertThat(link.ledger.completed()).isEqualTo(1);
    }

    @Property(tries = 200)
    void wholeTransfersCountEach_whateverWasCutBefore(
            @ForAll @IntRange(min = 50, max = 300) int size,
            @ForAll @IntRange(min = 1, max = 4) int maxDownloads,
            @ForAll @IntRange(max = 3) int cutBefore,
            @ForAll long seed) {
        Random chance = new Random(seed);
        Link link = new Link(terms(size, maxDownloads, 4));
        for (int i = 0; i < cutBefore; i++) {
            Answer answer = link.plain();
            answer.step(1 + chance.nextInt(size));
            answer.cut(0);
        }
        for (int i = 1; i <= maxDownloads; i++) {
            Answer answer = link.plain();
            assertThat(answer).isNotNull();
            while (answer.step(UNIT)) {}
            assertThat(link.ledger.completed()).isEqualTo(Math.min(maxDownloads, link.fewest()));
        }
        assertThat(link.ledger.completed()).isEqualTo(maxDownloads);
        assertThat(link.plain()).as("one more").isNull();
    }

    @Property(tries = 200)
    void leavingOutTheLastByte_endsWithTheAllowance(
            @ForAll @IntRange(min = 2, max = 200) int size, @ForAll @IntRange(min = 1, max = 3) int maxDownloads) {
        Link link = new Link(terms(size, maxDownloads, 2));
        int served = 0;
        for (Answer answer; (answer = link.ask(new Range(0, size - 1), false)) != null; served++) {
            while (answer.step(UNIT)) {}
        }
        assertThat(served).isBetween(3 * maxDownloads, 3 * maxDownloads * size / (size - 1));
        assertThat(link.ledger.completed()).isZero();
        assertThat(link.ledger.look(link.now)).isEqualTo(Admission.USED_UP);
    }
}
