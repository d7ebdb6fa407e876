package dev.holdfast.store.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.faults.Fault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every fault many times over, each on a store of its own, and a table of what came of it. Kills of real processes on a
 * real disk are in the tests of the crash room, and are not counted here.
 */
final class FaultTableTest {
    private static final int TRIES = 24;
    private static final long SEED = 20161124;

    /** One line: tries in which the fault did happen, parts lost, times that nobody noticed. */
    private record Row(String fault, int tries, int lost, int undetected) {
        @Override
        public String toString() {
            return String.format("| %-46s | %5d | %4d | %10d |", fault, tries, lost, undetected);
        }
    }

    private final List<String> stories = new ArrayList<>();

    @Test
    void noFaultLosesAPartThatWasComplete_andNoDamageGoesUnnoticed() throws Exception {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(DamageFaults.all());
        faults.addAll(TroubleFaults.all());
        faults.addAll(BucketFaults.all());
        faults.addAll(CompanyFaults.all());
        List<Row> rows = new ArrayList<>();
        for (Fault fault : faults) {
            rows.add(tryOut(fault));
        }
        write(rows);
        assertThat(stories).isEmpty();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(15).allSatisfy(row -> {
            assertThat(row.tries()).as(row.fault()).isGreaterThanOrEqualTo(TRIES / 2);
            assertThat(row.lost()).as(row.fault()).isZero();
            assertThat(row.undetected()).as(row.fault()).isZero();
        });
        assertThat(rows.stream().mapToInt(Row::tries).sum()).isGreaterThanOrEqualTo(500);
    }

    private Row tryOut(Fault fault) throws Exception {
        int struck = 0;
        int lost = 0;
        int undetected = 0;
        for (int i = 0; i < TRIES; i++) {
            long seed = SEED + 31L * i + fault.name().hashCode();
            try (FaultScene scene = new FaultScene(new Random(seed))) {
                Outcome outcome = fault.strike(scene);
                struck += outcome.struck() ? 1 : 0;
                lost += outcome.lost();
                undetected += outcome.detected() ? 0 : 1;
                if (outcome.lost() > 0 || !outcome.detected()) {
                    stories.add(fault.name() + ", seed " + seed + ": " + outcome);
                }
            } catch (RuntimeException e) {
                throw new AssertionError(fault.name() + ", seed " + seed, e);
            }
        }
        return new Row(fault.name(), struck, lost, undetected);
    }

    private static void write(List<Row> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("| %-46s | %5s | %4s | %10s |", "fault", "tries", "lost", "undetected"));
        lines.add("|---|---:|---:|---:|");
        rows.forEach(row -> lines.add(row.toString()));
        int tries = rows.stream().mapToInt(Row::tries).sum();
        lines.add(String.format(
                "| %-46s | %5d | %4d | %10d |",
                rows.size() + " kinds",
                tries,
                rows.stream().mapToInt(Row::lost).sum(),
                rows.stream().mapToInt(Row::undetected).sum()));
        Path target = Path.of("target", "fault-table.md");
        Files.createDirectories(target.getParent());
        Files.write(target, lines);
        lines.forEach(System.out::println);
    }
}
