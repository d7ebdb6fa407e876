package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SegmentEncoderProperties {
    @Provide
    Arbitrary<byte[]> block() {
        return Blocks.any(200_000);
    }

    @Provide
    Arbitrary<byte[]> smallBlock() {
        return Blocks.any(5_000);
    }

    @Property(tries = 300)
    void everySegmentIsAcceptedAndHoldsItsBlock(@ForAll("block") byte[] plain, @ForAll SegmentLevel level) {
        byte[] segment = encode(new SegmentEncoder(level), plain);
        byte[] back = new byte[plain.length];
        new SegmentCheck().check(segment, 0, segment.length, back, plain.length);
        assertThat(back).isEqualTo(plain);
    }

    @Property(tries = 100)
    void joinedSegmentsInflateToTheirBlocksInOrder(
            @ForAll @Size(max = 8) List<@net.jqwik.api.From("smallBlock") byte[]> plains, @ForAll SegmentLevel level)
            throws DataFormatException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        SegmentEncoder encoder = new SegmentEncoder(level);
        for (byte[] plain : plains) {
            joined.writeBytes(encode(encoder, plain));
            expected.writeBytes(plain);
        }
        joined.write(3);
        joined.write(0);
        Inflater inflater = new Inflater(true);
        inflater.setInput(joined.toByteArray());
        byte[] back = new byte[expected.size() + 1];
        int n = 0;
        while (!inflater.finished() && !inflater.needsInput()) {
            n += inflater.inflate(back, n, back.length - n);
        }
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        assertThat(Arrays.copyOf(back, n)).isEqualTo(expected.toByteArray());
        inflater.end();
    }

    @Property(tries = 100)
    void aSegmentDoesNotDependOnWhatWasEncodedBefore(
            @ForAll("smallBlock") byte[] before, @ForAll("smallBlock") byte[] plain, @ForAll SegmentLevel level) {
        SegmentEncoder used = new SegmentEncoder(level);
        byte[] unused = encode(used, before);
        assertThat(unused.length).isLessThanOrEqualTo(SegmentEncoder.maxLength(before.length));
        encode(used, plain);
        assertThat(encode(used, plain)).isEqualTo(encode(new SegmentEncoder(level), plain));
    }

    @Property(tries = 50)
    void aSegmentDoesNotDependOnWhereTheBlockLies(
            @ForAll("smallBlock") byte[] plain, @ForAll SegmentLevel level, @ForAll byte filler) {
        byte[] around = new byte[plain.length + 50];
        Arrays.fill(around, filler);
        System.arraycopy(plain, 0, around, 20, plain.length);
        byte[] target = new byte[SegmentEncoder.maxLength(plain.length) + 7];
        int n = new SegmentEncoder(level).encode(around, 20, plain.length, target, 7);
        assertThat(Arrays.copyOfRange(target, 7, 7 + n)).isEqualTo(encode(new SegmentEncoder(level), plain));
    }

    private static byte[] encode(SegmentEncoder encoder, byte[] plain) {
        byte[] target = new byte[SegmentEncoder.maxLength(plain.length)];
        int n = encoder.encode(plain, 0, plain.length, target, 0);
        assertThat(n).isLessThanOrEqualTo(target.length);
        return Arrays.copyOf(target, n);
    }
}
