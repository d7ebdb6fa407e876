package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SegmentCheckProperties {
    private static final byte[] CLOSED_WITH_MORE = {0, 4, 0, (byte) 0xfb, (byte) 0xff, 'm', 'o', 'r', 'e', 3, 0};

    @Provide
    Arbitrary<byte[]> block() {
        return Blocks.any(60_000);
    }

    @Provide
    Arbitrary<byte[]> smallBlock() {
        return Blocks.any(300);
    }

    @Property(tries = 300)
    void theWalkCountsWhatZlibPutInForEveryLevelAndStrategy(
            @ForAll("block") byte[] plain,
            @ForAll @IntRange(max = 9) int level,
            @ForAll @IntRange(max = 2) int strategy,
            @ForAll @IntRange(min = 1, max = 4) int pieces) {
        byte[] segment = Blocks.zlib(plain, level, strategy, pieces);
        byte[] padded = Arrays.copyOf(segment, segment.length + BlockWalk.PADDING);
        assertThat(new BlockWalk().walk(padded, segment.length)).isEqualTo(plain.length);
        if (segment.length <= SegmentEncoder.maxLength(plain.length)) {
            byte[] back = new byte[plain.length];
            new SegmentCheck().check(segment, 0, segment.length, back, plain.length);
            assertThat(back).isEqualTo(plain);
        }
    }

    /** What the walk lets pass, zlib must read to the end, and must go on from there. */
    @Property(tries = 3000)
    void whatTheWalkAcceptsCanBeJoinedToMore(
            @ForAll("smallBlock") byte[] plain,
            @ForAll @IntRange(max = 9) int level,
            @ForAll @IntRange(max = 2) int strategy,
            @ForAll long seed)
            throws DataFormatException {
        byte[] segment = Blocks.zlib(plain, level, strategy, 2);
        Random random = new Random(seed);
        for (int flips = random.nextInt(4); flips > 0 && segment.length > 0; flips--) {
            segment[random.nextInt(segment.length)] ^= (byte) (1 << random.nextInt(8));
        }
        byte[] padded = Arrays.copyOf(segment, segment.length + BlockWalk.PADDING);
        long counted;
        try {
            counted = new BlockWalk().walk(padded, segment.length);
        } catch (BadSegment e) {
            return;
        }
        byte[] joined = Arrays.copyOf(segment, segment.length + CLOSED_WITH_MORE.length);
        System.arraycopy(CLOSED_WITH_MORE, 0, joined, segment.length, CLOSED_WITH_MORE.length);
        Inflater inflater = new Inflater(true);
        inflater.setInput(joined);
        byte[] back = new byte[(int) counted + 5];
        int n = inflater.inflate(back);
        assertThat(n).isEqualTo(counted + 4);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
    }

    /** The other way round: a segment that zlib reads to its end must not be refused because the walk is too strict. */
    @Property(tries = 2000)
    void whatTheWalkRefusesZlibRefusesTooOrFindsAFinalBlock(
            @ForAll("smallBlock") byte[] plain, @ForAll @IntRange(max = 9) int level, @ForAll long seed) {
        byte[] segment = Blocks.zlib(plain, level, (int) (seed & 1) * 2, 1);
        Assume.that(segment.length > 0);
        Random random = new Random(seed);
        segment[random.nextInt(segment.length)] ^= (byte) (1 << random.nextInt(8));
        byte[] padded = Arrays.copyOf(segment, segment.length + BlockWalk.PADDING);
        String refusal;
        try {
            long counted = new BlockWalk().walk(padded, segment.length);
            assertThat(counted).isNotNegative();
            return;
        } catch (BadSegment e) {
            refusal = e.getMessage();
        }
        if (!refusal.contains("final block") && !refusal.contains("cut off")) {
            Inflater inflater = new Inflater(true);
            // with padding: what begins in the last byte is judged by the bits behind it, here as there, and zlib
            // finds fault with a code without symbols only after it has read 316 lengths of it
            inflater.setInput(Arrays.copyOf(segment, segment.length + 64));
            assertThatThrownBy(
                            () -> inflater.inflate(new byte[100_000]),
                            refusal + " " + HexFormat.of().formatHex(segment))
                    .isInstanceOf(DataFormatException.class);
            inflater.end();
        }
    }

    @Property(tries = 2000)
    void noBytesMakeTheCheckFailInAnyOtherWay(@ForAll byte[] segment, @ForAll @IntRange(max = 300) int plainLength) {
        byte[] plain = new byte[plainLength];
        try {
            new SegmentCheck().check(segment, 0, segment.length, plain, plainLength);
        } catch (BadSegment refused) {
            assertThat(refused).hasMessageContaining("segment");
        }
    }
}
