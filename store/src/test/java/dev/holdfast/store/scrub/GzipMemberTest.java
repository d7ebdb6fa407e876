package dev.holdfast.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMemberTest {
    private final byte[] member = member();

    @Test
    void wholeMember_isAccepted_inPiecesOfAnySize() throws DataFormatException {
        for (int piece : new int[] {1, 7, 1000, member.length}) {
            check(member, piece);
        }
        assertThat(member.length).isGreaterThan(1000);
    }

    @Test
    void everyTruncation_isRefused() {
        for (int length = 0; length < member.length; length += 13) {
            byte[] cut = Arrays.copyOf(member, length);
            assertThatThrownBy(() -> check(cut, 100)).as("%s bytes", length).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void whatFollowsTheMember_isRefused() {
        byte[] more = Arrays.copyOf(member, member.length + 1);
        assertThatThrownBy(() -> check(more, 100))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("follow");
        byte[] twice = Arrays.copyOf(member, 2 * member.length);
        System.arraycopy(member, 0, twice, member.length, member.length);
        assertThatThrownBy(() -> check(twice, 100)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void wrongTrailer_isRefused() {
        for (int back = 1; back <= 8; back++) {
            byte[] bad = member.clone();
            bad[bad.length - back] ^= 1;
            assertThatThrownBy(() -> check(bad, 100)).isInstanceOf(DataFormatException.class);
        }
    }

    private static void check(byte[] bytes, int piece) throws DataFormatException {
        try (GzipMember gzip = new GzipMember()) {
            for (int from = 0; from < bytes.length; from += piece) {
                gzip.take(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
            }
            gzip.end();
        }
    }

    private static byte[] member() {
        byte[] plain = new byte[200_000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * i >>> 7);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
