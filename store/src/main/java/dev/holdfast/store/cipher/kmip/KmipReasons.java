package dev.holdfast.store.cipher.kmip;

import java.util.Locale;
import java.util.Map;

/** Result reasons (9.1.3.2.29 of KMIP 1.2, with those of 1.3 and 1.4) in words, and what to do about them. */
final class KmipReasons {
    static final int ITEM_NOT_FOUND = 0x01;
    static final int AUTHENTICATION_NOT_SUCCESSFUL = 0x03;
    static final int OPERATION_NOT_SUPPORTED = 0x05;
    static final int ILLEGAL_OPERATION = 0x0B;
    static final int PERMISSION_DENIED = 0x0C;
    static final int OBJECT_ARCHIVED = 0x0D;
    static final int GENERAL_FAILURE = 0x100;

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(ITEM_NOT_FOUND, "the server has no such object, or does not show it to this client"),
            Map.entry(0x02, "the answer would be larger than the client takes"),
            Map.entry(
                    AUTHENTICATION_NOT_SUCCESSFUL, "the server does not accept this client's certificate or password"),
            Map.entry(0x04, "the server could not make sense of the request"),
            Map.entry(OPERATION_NOT_SUPPORTED, "the server does not offer this operation"),
            Map.entry(0x06, "the server misses something in the request"),
            Map.entry(0x07, "the server does not accept a value in the request"),
            Map.entry(0x08, "the server does not offer a feature that the request needs"),
            Map.entry(0x09, "the request was cancelled"),
            Map.entry(0x0A, "a cryptographic operation of the server failed"),
            Map.entry(ILLEGAL_OPERATION, "the object's state does not allow that"),
            Map.entry(PERMISSION_DENIED, "this client may not do that with this object"),
            Map.entry(OBJECT_ARCHIVED, "the object was archived"),
            Map.entry(0x0E, "an attribute has no such index"),
            Map.entry(0x0F, "the server does not know the application namespace"),
            Map.entry(0x10, "the server does not give the key in the form RAW"),
            Map.entry(0x11, "the server does not compress keys like that"),
            Map.entry(0x12, "the server does not encode keys like that"),
            Map.entry(0x13, "the server has the object but not the key's value"),
            Map.entry(0x14, "the server wants an attestation"),
            Map.entry(0x15, "the attestation failed"),
            Map.entry(0x16, "the key is marked sensitive, and is not given out without wrapping"),
            Map.entry(0x17, "the key is marked as not extractable"),
            Map.entry(0x18, "an object of that name or id exists already"),
            Map.entry(GENERAL_FAILURE, "the server failed without saying why"));

    private KmipReasons() {}

    static String meaning(int reason) {
        String known = MEANINGS.get(reason);
        return known != null
                ? known
                : String.format(
                        Locale.ROOT, "the server refused for reason 0x%X, which KMIP 1.2 does not have", reason);
    }

    static String hint(KmipOperation operation, int reason) {
        return switch (reason) {
            case ITEM_NOT_FOUND ->
                "was the key destroyed, or does it belong to another client certificate?"
                        + " Restore it from the key server's own backup: without it the store cannot be read.";
            case AUTHENTICATION_NOT_SUCCESSFUL, PERMISSION_DENIED ->
                "look at encryption.kmip.certificate, user and"
                        + " password, and at the rights that the key server gives to that client (" + operation.text()
                        + ").";
            case OPERATION_NOT_SUPPORTED ->
                "create an AES-256 key with the key server's own tools and give its id as"
                        + " encryption.kmip.master-key.";
            case ILLEGAL_OPERATION, OBJECT_ARCHIVED -> "look at the key's state in the key server: it must be active.";
            case 0x10, 0x16, 0x17 ->
                "Holdfast wraps data keys itself and needs the master key's bytes: use a key that may"
                        + " be extracted.";
            default -> "look at the key server's log.";
        };
    }
}
