package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentEncoderTest {
    @ParameterizedTest
    @EnumSource(SegmentLevel.class)
    void randomDataBecomesStoredBlocks(SegmentLevel level) {
        byte[] plain = Blocks.make(Blocks.Kind.RANDOM, 65_536, 1);
        byte[] segment = encode(level, plain);
        assertThat(segment).hasSize(65_536 + 10);
        assertThat(Arrays.copyOf(segment, 5)).containsExactly(0, -1, -1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(SegmentLevel.class)
    void blocksOfFourMebibytesStayWithinTheirBound(SegmentLevel level) {
        for (Blocks.Kind kind : Blocks.Kind.values()) {
            byte[] plain = Blocks.make(kind, 4 << 20, 5);
            byte[] segment = encode(level, plain);
            byte[] back = new byte[plain.length];
            new SegmentCheck().check(segment, 0, segment.length, back, plain.length);
            assertThat(Arrays.equals(back, plain)).as(kind.name()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(SegmentLevel.class)
    void repetitiveDataShrinks(SegmentLevel level) {
        assertThat(encode(level, new byte[65_536])).hasSizeLessThan(500);
        assertThat(encode(level, Blocks.make(Blocks.Kind.TEXT, 65_536, 1))).hasSizeLessThan(16_000);
        assertThat(encode(level, Blocks.make(Blocks.Kind.FEW_SYMBOLS, 65_536, 1)))
                .hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @EnumSource(SegmentLevel.class)
    void anEmptyBlockIsAnEmptySegment(SegmentLevel level) {
        byte[] segment = encode(level, new byte[0]);
        assertThat(segment).isEmpty();
        new SegmentCheck().check(segment, 0, 0, new byte[0], 0);
    }

    @ParameterizedTest
    @EnumSource(SegmentLevel.class)
    void aTargetThatMightNotSufficeIsRefusedBeforeAnythingIsWritten(SegmentLevel level) {
        byte[] target = new byte[163];
        assertThatThrownBy(() -> new SegmentEncoder(level).encode(new byte[100], 0, 100, target, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 plain bytes");
        assertThat(target).containsOnly(0);
    }

    private static byte[] encode(SegmentLevel level, byte[] plain) {
        byte[] target = new byte[SegmentEncoder.maxLength(plain.length)];
        int n = new SegmentEncoder(level).encode(plain, 0, plain.length, target, 0);
        return Arrays.copyOf(target, n);
    }
}
