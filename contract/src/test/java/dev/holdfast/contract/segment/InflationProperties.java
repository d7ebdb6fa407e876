package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The one pass over a segment must never accept what zlib and the walk together do not. */
class InflationProperties {
    private static final byte[] CLOSING = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    @Provide
    Arbitrary<byte[]> block() {
        return Blocks.any(70_000);
    }

    @Provide
    Arbitrary<byte[]> smallBlock() {
        return Blocks.any(400);
    }

    @Property(tries = 300)
    void whatOurEncoderMakesIsAcceptedInOnePass(@ForAll("block") byte[] plain, @ForAll SegmentLevel level) {
        byte[] segment = encode(level, plain);
        assertThat(onePass(segment, plain.length)).isEqualTo(plain);
    }

    @Property(tries = 300)
    void whatZlibMakesIsAcceptedInOnePass(
            @ForAll("block") byte[] plain,
            @ForAll @IntRange(max = 9) int level,
            @ForAll @IntRange(max = 2) int strategy,
            @ForAll @IntRange(min = 1, max = 4) int pieces) {
        assertThat(onePass(Blocks.zlib(plain, level, strategy, pieces), plain.length))
                .isEqualTo(plain);
    }

    @Property(tries = 5000)
    void aDamagedSegmentIsAcceptedOnlyIfZlibAndTheWalkAcceptItAsTheSameBytes(
            @ForAll("smallBlock") byte[] plain,
            @ForAll @IntRange(min = -1, max = 9) int level,
            @ForAll @IntRange(max = 2) int strategy,
            @ForAll long seed) {
        byte[] segment = level < 0 ? encode(SegmentLevel.FAST, plain) : Blocks.zlib(plain, level, strategy, 2);
        Random random = new Random(seed);
        for (int flips = 1 + random.nextInt(4); flips > 0 && segment.length > 0; flips--) {
            segment[random.nextInt(segment.length)] ^= (byte) (1 << random.nextInt(8));
        }
        requireSameAnswer(segment, plain.length);
    }

    @Property(tries = 5000)
    void anyBytesAreAcceptedOnlyIfZlibAndTheWalkAcceptThem(
            @ForAll byte[] segment, @ForAll @IntRange(max = 300) int plainLength) {
        requireSameAnswer(segment, plainLength);
    }

    @Property(tries = 1000)
    void twoAtOnceAreJudgedAsOneByOne(
            @ForAll("block") byte[] one,
            @ForAll("block") byte[] other,
            @ForAll SegmentLevel level,
            @ForAll @IntRange(max = 3) int damage,
            @ForAll long seed) {
        byte[] a = encode(level, one);
        byte[] b = encode(SegmentLevel.FAST, other);
        Random random = new Random(seed);
        damage(random, a, damage & 1);
        damage(random, b, damage >> 1);
        SegmentCheck pair = new SegmentCheck();
        byte[] plainA = new byte[one.length + random.nextInt(2) * 600];
        byte[] plainB = new byte[other.length + random.nextInt(2) * 600];
        boolean together;
        try {
            pair.check(claim(a, plainA, one.length), claim(b, plainB, other.length));
            together = true;
        } catch (BadSegment e) {
            together = false;
        }
        byte[] alone = asked(a, one.length);
        byte[] otherAlone = asked(b, other.length);
        assertThat(together).isEqualTo(alone != null && otherAlone != null);
        if (together) {
            assertThat(Arrays.copyOf(plainA, one.length)).isEqualTo(alone);
            assertThat(Arrays.copyOf(plainB, other.length)).isEqualTo(otherAlone);
        }
    }

    private static void damage(Random random, byte[] segment, int flips) {
        for (int i = 0; i < flips && segment.length > 0; i++) {
            segment[random.nextInt(segment.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static SegmentCheck.Claim claim(byte[] segment, byte[] plain, int length) {
        return new SegmentCheck.Claim(segment, 0, segment.length, plain, length);
    }

    private static void requireSameAnswer(byte[] segment, int plainLength) {
        boolean tooLong = segment.length > SegmentEncoder.maxLength(plainLength);
        byte[] quick = tooLong ? null : onePass(segment, plainLength);
        byte[] asked = asked(segment, plainLength);
        if (quick != null) {
            assertThat(quick).isEqualTo(asked);
        }
        byte[] plain = new byte[plainLength];
        boolean accepted;
        try {
            new SegmentCheck().check(segment, 0, segment.length, plain, plainLength);
            accepted = true;
        } catch (BadSegment e) {
            accepted = false;
        }
        assertThat(accepted).isEqualTo(asked != null);
        if (accepted) {
            assertThat(plain).isEqualTo(asked);
        }
    }

    /** The block, or null if the one pass does not accept the segment. */
    private static byte[] onePass(byte[] segment, int plainLength) {
        byte[] padded = Arrays.copyOf(segment, segment.length + BlockWalk.PADDING);
        byte[] plain = new byte[plainLength + Inflation.SLACK];
        try {
            Inflation inflation = new Inflation();
            boolean accepted = inflation.begin(padded, segment.length, plain, plainLength) && inflation.finish();
            return accepted ? Arrays.copyOf(plain, plainLength) : null;
        } catch (BadSegment e) {
            return null;
        }
    }

    /** The block, or null, as the length, the walk and zlib have it: the rule itself, written down once more. */
    private static byte[] asked(byte[] segment, int plainLength) {
        if (segment.length > SegmentEncoder.maxLength(plainLength)) {
            return null;
        }
        byte[] closed = Arrays.copyOf(segment, segment.length + CLOSING.length);
        System.arraycopy(CLOSING, 0, closed, segment.length, CLOSING.length);
        Inflater inflater = new Inflater(true);
        try {
            if (new BlockWalk().walk(Arrays.copyOf(closed, closed.length + 16), segment.length) != plainLength) {
                return null;
            }
            inflater.setInput(closed);
            byte[] plain = new byte[plainLength + 1];
            int n = 0;
            for (int more = 1; more > 0 && n <= plainLength; n += more) {
                more = inflater.inflate(plain, n, plain.length - n);
            }
            boolean exact = inflater.finished() && inflater.getRemaining() == 0 && n == plainLength;
            return exact ? Arrays.copyOf(plain, plainLength) : null;
        } catch (BadSegment | DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static byte[] encode(SegmentLevel level, byte[] plain) {
        byte[] target = new byte[SegmentEncoder.maxLength(plain.length)];
        return Arrays.copyOf(target, new SegmentEncoder(level).encode(plain, 0, plain.length, target, 0));
    }
}
