package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.format.Checksums;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Hashes a manifest page, whose name is its hash. Also those that no part refers to: the next part that needs such a
 * page would take what is there for its own.
 */
final class PageScrub {
    static final String PREFIX = "pages/";

    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

    void read(String name, BlobReader blob, Findings findings) {
        MessageDigest sha256 = Checksums.sha256();
        long position = 0;
        for (int n = blob.read(0, buffer.clear()); n > 0; n = blob.read(position, buffer.clear())) {
            sha256.update(buffer.flip());
            position += n;
        }
        if (!name.endsWith("/" + HexFormat.of().formatHex(sha256.digest()) + ".page")) {
            findings.add(new Corruption(name, 0, "its bytes do not match its name"));
        }
    }
}
