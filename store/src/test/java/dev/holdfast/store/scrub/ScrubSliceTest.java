package dev.holdfast.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.testing.CapturedStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScrubSliceTest {
    private static final Damage.Part FIRST = new Damage.Part(CapturedStore.PROJECT, CapturedStore.FIRST);
    private static final Damage.Part SECOND = new Damage.Part(CapturedStore.PROJECT, CapturedStore.SECOND);

    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());

    @BeforeEach
    void fill() throws IOException {
        CapturedStore.fill(blobs);
    }

    @Test
    void slicesOfOneFile_readEverythingOnce_thenTheRoundIsOver() {
        List<SliceReport> slices = round(1);
        long files = blobs.list("packs/").size()
                + blobs.list("index/").size()
                + blobs.list("pages/").size()
                + 2;
        assertThat(slices).as("parts are read in one, for their pages were").hasSize((int) files - 1);
        assertThat(slices.stream().mapToLong(SliceReport::files).sum()).isEqualTo(files);
        assertThat(slices).allSatisfy(slice -> assertThat(slice.found()).isEmpty());
        SliceReport whole = slice(ScrubCursor.START, Long.MAX_VALUE);
        assertThat(whole.endedRound()).isTrue();
        assertThat(whole.bytes())
                .isEqualTo(slices.stream().mapToLong(SliceReport::bytes).sum());
    }

    @Test
    void cursor_survivesAsText() {
        for (SliceReport slice : round(1)) {
            assertThat(ScrubCursor.parse(slice.to().toString())).contains(slice.to());
        }
        assertThat(ScrubCursor.parse("NONSENSE:x")).isEmpty();
    }

    @Test
    void damageOfAPack_isFoundOnceARound_withEveryPartThatNeedsIt() {
        String pack = packs().get(0);
        blobs.flip(pack, 100);
        List<SliceReport.Found> found =
                round(1).stream().flatMap(slice -> slice.found().stream()).toList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).damage().blob()).isEqualTo(pack);
        assertThat(found.get(0).unit()).isEqualTo(new ScrubCursor(ScrubCursor.Stage.PACKS, pack));
        assertThat(found.get(0).damage().parts()).isNotEmpty().isSubsetOf(FIRST, SECOND);
    }

    @Test
    void missingPack_isFoundByThePartsThatNeedIt() {
        String pack = packs().get(0);
        blobs.delete(pack);
        assertThat(slice(ScrubCursor.START, Long.MAX_VALUE).found())
                .isNotEmpty()
                .allSatisfy(found -> {
                    assertThat(found.unit().stage()).isEqualTo(ScrubCursor.Stage.PARTS);
                    assertThat(found.damage().blob()).isEqualTo(pack);
                    assertThat(found.damage().parts()).isNotEmpty();
                });
    }

    @Test
    void damagedPageAndRoot_areFound() {
        for (String name :
                List.of(blobs.list("pages/").get(0), blobs.list("manifests/").get(0))) {
            blobs.flip(name, 40);
            assertThat(slice(ScrubCursor.START, Long.MAX_VALUE).found())
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(found.damage().blob()).isEqualTo(name))
                    .anySatisfy(found -> assertThat(found.damage().parts()).isNotEmpty());
            blobs.flip(name, 40);
        }
    }

    @Test
    void stoppedSlice_stillComesForwardByOneFile() {
        SliceReport slice = new ScrubSlice(blobs, () -> false).run(ScrubCursor.START, Long.MAX_VALUE);
        assertThat(slice.files()).isEqualTo(1);
        assertThat(slice.to().name()).isEqualTo(packs().get(0));
    }

    @Test
    void slice_coversWhatItRead_andNothingElse() {
        ScrubCursor first = new ScrubCursor(ScrubCursor.Stage.PACKS, packs().get(0));
        ScrubCursor second = new ScrubCursor(ScrubCursor.Stage.PACKS, packs().get(1));
        SliceReport slice = slice(ScrubCursor.START, 1);
        assertThat(slice.covers(first)).isTrue();
        assertThat(slice.covers(second)).isFalse();
        SliceReport rest = slice(slice.to(), Long.MAX_VALUE);
        assertThat(rest.covers(first)).isFalse();
        assertThat(rest.covers(second)).isTrue();
        assertThat(rest.covers(new ScrubCursor(ScrubCursor.Stage.PARTS, "x"))).isTrue();
    }

    private List<String> packs() {
        return blobs.list("packs/");
    }

    private List<SliceReport> round(long budget) {
        List<SliceReport> slices = new ArrayList<>();
        ScrubCursor at = ScrubCursor.START;
        do {
            slices.add(slice(at, budget));
            at = slices.get(slices.size() - 1).to();
        } while (!at.equals(ScrubCursor.START));
        return slices;
    }

    private SliceReport slice(ScrubCursor from, long budget) {
        return new ScrubSlice(blobs, () -> true).run(from, budget);
    }
}
