package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class SegmentCheckTest {
    private static final byte[] TEXT = Blocks.make(Blocks.Kind.TEXT, 20_000, 3);
    private final SegmentCheck check = new SegmentCheck();

    @Test
    void aSegmentThatEndsWithAFinalBlockIsRefused() {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(TEXT);
        deflater.finish();
        byte[] target = new byte[TEXT.length];
        byte[] segment = Arrays.copyOf(target, deflater.deflate(target));
        segment = Arrays.copyOf(target, segment.length);
        deflater.end();
        refuses(segment, TEXT.length, "final block");
    }

    @Test
    void aFinalBlockInTheMiddleIsRefused() {
        byte[] segment = join(bytes(1, 2, 0, 0xfd, 0xff, 'a', 'b'), bytes(0, 1, 0, 0xfe, 0xff, 'c'));
        refuses(segment, 3, "final block");
        segment[0] = 0;
        accepts(segment, "abc".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aFinalBlockThatSwallowsTheClosingBytesIsRefusedAlthoughItInflatesExactly() {
        // holds "a" and the five bytes that the check puts behind it
        byte[] segment = bytes(1, 6, 0, 0xf9, 0xff, 'a');
        refuses(segment, 6, "final block");
    }

    @Test
    void aBlockThatReachesIntoTheClosingBytesIsRefused() {
        refuses(bytes(0, 3, 0, 0xfc, 0xff, 'a'), 3, "cut off");
    }

    @Test
    void everyCutOfADynamicSegmentIsRefused() {
        byte[] segment = Blocks.zlib(TEXT, 6, Deflater.DEFAULT_STRATEGY, 1);
        for (int length = 0; length < segment.length; length++) {
            refuses(Arrays.copyOf(segment, length), TEXT.length, "");
        }
        accepts(segment, TEXT);
    }

    @Test
    void bytesAfterTheLastBlockAreRefused() {
        byte[] segment = Blocks.zlib(TEXT, 6, Deflater.DEFAULT_STRATEGY, 1);
        for (int extra = 0; extra < 256; extra++) {
            refuses(join(segment, bytes(extra)), TEXT.length, "");
        }
    }

    @Test
    void anEndInsideAByteIsRefused() {
        BitWriter out = fixedBlock('a');
        assertThat(out.pendingBits).isEqualTo(2);
        out.align();
        refuses(out.toBytes(), 1, "");
        // seven more empty fixed blocks of 10 bits would end on a byte boundary; three do, after 18 + 30 bits
        BitWriter aligned = fixedBlock('a');
        for (int i = 0; i < 3; i++) {
            aligned.put(DeflateSymbols.FIXED << 1, 10);
        }
        assertThat(aligned.isAligned()).isTrue();
        accepts(aligned.toBytes(), bytes('a'));
    }

    @Test
    void aSegmentOfAnotherLengthIsRefused() {
        byte[] segment = Blocks.zlib(TEXT, 6, Deflater.DEFAULT_STRATEGY, 1);
        refuses(segment, TEXT.length - 1, "holds 20000 bytes, not 19999");
        refuses(segment, TEXT.length + 1, "holds 20000 bytes, not 20001");
        refuses(segment, 0, "");
    }

    @Test
    void aSegmentMuchLongerThanItsBlockIsRefused() {
        byte[] padding = new byte[0];
        for (int i = 0; i < 12; i++) {
            padding = join(padding, bytes(0, 0, 0, 0xff, 0xff));
        }
        byte[] stored = bytes(0, 1, 0, 0xfe, 0xff, 'a');
        refuses(join(padding, stored), 1, "too long");
        accepts(join(Arrays.copyOf(padding, 55), stored), bytes('a'));
    }

    @Test
    void aMatchThatReachesBeforeTheBlockIsRefused() {
        BitWriter out = new BitWriter();
        out.begin(100);
        out.put(DeflateSymbols.FIXED << 1, 3);
        put(out, DeflateSymbols.fixedLiteralLengths(), 'a');
        put(out, DeflateSymbols.fixedLiteralLengths(), DeflateSymbols.FIRST_LENGTH);
        put(out, DeflateSymbols.fixedDistanceLengths(), 1);
        put(out, DeflateSymbols.fixedLiteralLengths(), DeflateSymbols.END_OF_BLOCK);
        BlockWriter.alignSegment(out);
        refuses(out.toBytes(), 4, "before its start");
    }

    @Test
    void theThirdBlockTypeIsRefused() {
        refuses(bytes(6), 0, "unknown type");
    }

    @Test
    void aCheckIsAsGoodAfterARefusalAsBefore() {
        byte[] segment = Blocks.zlib(TEXT, 1, Deflater.DEFAULT_STRATEGY, 1);
        refuses(Arrays.copyOf(segment, segment.length / 2), TEXT.length, "");
        accepts(segment, TEXT);
    }

    @Test
    void aSegmentIsFoundAtItsOffset() {
        byte[] segment = Blocks.zlib(TEXT, 6, Deflater.DEFAULT_STRATEGY, 1);
        byte[] shifted = join(join(new byte[9], segment), new byte[9]);
        byte[] plain = new byte[TEXT.length + 5];
        check.check(shifted, 9, segment.length, plain, TEXT.length);
        assertThat(Arrays.copyOf(plain, TEXT.length)).isEqualTo(TEXT);
    }

    private static BitWriter fixedBlock(int literal) {
        BitWriter out = new BitWriter();
        out.begin(100);
        out.put(DeflateSymbols.FIXED << 1, 3);
        put(out, DeflateSymbols.fixedLiteralLengths(), literal);
        put(out, DeflateSymbols.fixedLiteralLengths(), DeflateSymbols.END_OF_BLOCK);
        return out;
    }

    private static void put(BitWriter out, byte[] lengths, int symbol) {
        int packed = HuffmanCode.of(lengths).codes[symbol];
        out.put(packed >>> HuffmanCode.LENGTH_BITS, packed & HuffmanCode.LENGTH_MASK);
    }

    private void accepts(byte[] segment, byte[] expected) {
        byte[] plain = new byte[expected.length];
        check.check(segment, 0, segment.length, plain, expected.length);
        assertThat(plain).isEqualTo(expected);
    }

    private void refuses(byte[] segment, int plainLength, String reason) {
        assertThatThrownBy(() -> check.check(segment, 0, segment.length, new byte[plainLength], plainLength))
                .isInstanceOf(BadSegment.class)
                .hasMessageContaining(reason);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
