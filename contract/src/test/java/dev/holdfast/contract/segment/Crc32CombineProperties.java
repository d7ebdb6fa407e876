package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Crc32CombineProperties {
    @Property
    void partsInAnyNumberGiveTheChecksumOfTheWhole(@ForAll @Size(max = 8) List<byte[]> parts) {
        int crc32 = 0;
        int crc32c = 0;
        CRC32 whole = new CRC32();
        CRC32C wholeC = new CRC32C();
        for (byte[] part : parts) {
            crc32 = Crc32Combine.CRC32.combine(crc32, of(new CRC32(), part), (long) part.length);
            crc32c = Crc32Combine.CRC32C.combine(crc32c, of(new CRC32C(), part), (long) part.length);
            whole.update(part);
            wholeC.update(part);
        }
        assertThat(crc32).isEqualTo((int) whole.getValue());
        assertThat(crc32c).isEqualTo((int) wholeC.getValue());
    }

    @Property(tries = 100)
    void lengthsOfSeveralBytesCount(@ForAll byte[] first, @ForAll @IntRange(max = 300_000) int secondLength) {
        byte[] second = new byte[secondLength];
        if (secondLength > 0) {
            second[secondLength / 2] = 1;
        }
        CRC32 whole = new CRC32();
        whole.update(first);
        whole.update(second);

        int operator = Crc32Combine.CRC32.operator(secondLength);
        int combined = Crc32Combine.CRC32.combine(of(new CRC32(), first), of(new CRC32(), second), operator);

        assertThat(combined).isEqualTo((int) whole.getValue());
    }

    @Property(tries = 200)
    void copiesGiveTheChecksumOfTheCopies(@ForAll byte[] bytes, @ForAll @IntRange(max = 50) int count) {
        CRC32 whole = new CRC32();
        for (int i = 0; i < count; i++) {
            whole.update(bytes);
        }
        assertThat(Crc32Combine.CRC32.repeat(of(new CRC32(), bytes), bytes.length, count))
                .isEqualTo((int) whole.getValue());
    }

    @Property
    void joiningIsAssociativeForLengthsBeyondAnyArray(
            @ForAll int a, @ForAll int b, @ForAll int c, @ForAll long lengthB, @ForAll long lengthC) {
        long b2 = lengthB >>> 2;
        long c2 = lengthC >>> 2;
        Crc32Combine crc = Crc32Combine.CRC32C;
        int leftFirst = crc.combine(crc.combine(a, b, b2), c, c2);
        int rightFirst = crc.combine(a, crc.combine(b, c, c2), b2 + c2);
        assertThat(leftFirst).isEqualTo(rightFirst);
    }

    @Example
    void negativeLengthsAreRefused() {
        assertThatThrownBy(() -> Crc32Combine.CRC32.operator(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Crc32Combine.CRC32.repeat(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int of(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return (int) checksum.getValue();
    }
}
