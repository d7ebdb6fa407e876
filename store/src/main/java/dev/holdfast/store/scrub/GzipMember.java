package dev.holdfast.store.scrub;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes a gzip file in pieces and checks it: one member (RFC 1952) with a plain header, its checksum, its size, and
 * nothing after it. {@link java.util.zip.GZIPInputStream} would pass over what follows the member.
 */
final class GzipMember implements AutoCloseable {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] plain = new byte[64 << 10];
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);

    /** Takes the next piece; throws {@link DataFormatException} if it cannot go on like this. */
    void take(ByteBuffer piece) throws DataFormatException {
        while (header.hasRemaining() && piece.hasRemaining()) {
            header.put(piece.get());
            if (!header.hasRemaining()) {
                checkHeader();
            }
        }
        if (piece.hasRemaining() && !inflater.finished()) {
            inflate(piece);
        }
        while (piece.hasRemaining()) {
            if (!trailer.hasRemaining()) {
                throw new DataFormatException("bytes follow the gzip trailer");
            }
            trailer.put(piece.get());
        }
    }

    /** Says that nothing follows; throws {@link DataFormatException} unless it was a whole member. */
    void end() throws DataFormatException {
        if (trailer.hasRemaining()) {
            throw new DataFormatException("the gzip file is cut off");
        }
        if (trailer.getInt(0) != (int) crc.getValue() || trailer.getInt(4) != (int) inflater.getBytesWritten()) {
            throw new DataFormatException("the gzip trailer has another checksum or size than the plain bytes");
        }
    }

    private void checkHeader() throws DataFormatException {
        if (header.get(0) != 0x1f || header.get(1) != (byte) 0x8b || header.get(2) != 8 || header.get(3) != 0) {
            throw new DataFormatException("the gzip header is not a plain one");
        }
    }

    private void inflate(ByteBuffer piece) throws DataFormatException {
        inflater.setInput(piece);
        int count = inflater.inflate(plain);
        while (count > 0) {
            crc.update(plain, 0, count);
            count = inflater.inflate(plain);
        }
        if (inflater.needsDictionary()) {
            throw new DataFormatException("the deflate stream wants a dictionary");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
