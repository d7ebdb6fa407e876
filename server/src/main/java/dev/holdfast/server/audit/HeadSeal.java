package dev.holdfast.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;

/** Seals the head of the chain, with the first key; a seal of any of them holds. */
final class HeadSeal {
    private final List<HeadKey> keys;

    HeadSeal(List<HeadKey> keys) {
        this.keys = List.copyOf(keys);
    }

    String seal(long seq, String hash) {
        HeadKey current = keys.get(0);
        return current.id() + ":" + mac(current, seq, hash);
    }

    boolean holds(AuditHead head) {
        for (HeadKey key : keys) {
            byte[] ours = (key.id() + ":" + mac(key, head.seq(), head.hash())).getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(ours, head.seal().getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }

    private static String mac(HeadKey key, long seq, String hash) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.key());
            return HexFormat.of()
                    .formatHex(mac.doFinal(("audit head " + seq + " " + hash).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
