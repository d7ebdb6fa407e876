package dev.holdfast.server.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Whether a key is the one that a certificate was made for: what the key signs, the certificate must prove. A pair that
 * is none would listen, and then fail each handshake.
 */
public final class TlsPair {
    private static final String PKCS8_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PKCS8_END = "-----END PRIVATE KEY-----";
    private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final byte[] PROBE = "holdfast".getBytes(StandardCharsets.US_ASCII);

    private TlsPair() {}

    /** False only when they certainly do not; a key in another form than PKCS#8 is left to the TLS engine. */
    public static boolean mayBelongTogether(byte[] certificate, byte[] key) {
        String pem = new String(key, StandardCharsets.ISO_8859_1);
        int begin = pem.indexOf(PKCS8_BEGIN);
        int end = pem.indexOf(PKCS8_END);
        int first = new String(certificate, StandardCharsets.ISO_8859_1).indexOf(CERTIFICATE_BEGIN);
        if (begin < 0 || end < begin || first < 0) {
            return true;
        }
        try {
            PublicKey proves = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate, first, certificate.length - first))
                    .getPublicKey();
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + PKCS8_BEGIN.length(), end));
            PrivateKey signs =
                    KeyFactory.getInstance(proves.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
            Signature signature = Signature.getInstance(algorithm(proves));
            signature.initSign(signs);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(proves);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // a key of another algorithm than the certificate's is refused by the factory
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
