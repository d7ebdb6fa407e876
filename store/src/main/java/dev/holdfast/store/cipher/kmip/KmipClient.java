package dev.holdfast.store.cipher.kmip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a KMIP server, one request at a time. An {@link IOException} means that there is no answer, or none that makes
 * sense; a {@link KmipRefusal} is an answer.
 */
final class KmipClient implements AutoCloseable {
    private static final int MAJOR = 1;
    private static final int MINOR = 2;
    private static final int KEY_BITS = 256;

    // encrypt, decrypt, wrap, unwrap
    private static final int USAGE = 0x04 | 0x08 | 0x10 | 0x20;

    private final KmipSettings settings;
    private final Connector connector;
    private KmipConnection kept;

    /** Opens connections. */
    interface Connector {
        KmipConnection open() throws IOException;
    }

    /** Does no I/O. */
    KmipClient(KmipSettings settings, Connector connector) {
        this.settings = settings;
        this.connector = connector;
    }

    /** Makes an AES-256 key with a name; answers its id. It is not active yet. */
    String create(String name) throws IOException, KmipRefusal {
        Ttlv payload = ask(
                KmipOperation.CREATE,
                Ttlv.enumeration(KmipTags.OBJECT_TYPE, KmipTags.OBJECT_SYMMETRIC_KEY),
                template(name));
        return payload.child(KmipTags.UNIQUE_IDENTIFIER).asText();
    }

    /** Hands in an AES-256 key that was made elsewhere; answers its id. It is not active yet. */
    String register(String name, byte[] key) throws IOException, KmipRefusal {
        Ttlv block = Ttlv.structure(
                KmipTags.KEY_BLOCK,
                Ttlv.enumeration(KmipTags.KEY_FORMAT_TYPE, KmipTags.FORMAT_RAW),
                Ttlv.structure(KmipTags.KEY_VALUE, Ttlv.bytes(KmipTags.KEY_MATERIAL, key)),
                Ttlv.enumeration(KmipTags.CRYPTOGRAPHIC_ALGORITHM, KmipTags.AES),
                Ttlv.integer(KmipTags.CRYPTOGRAPHIC_LENGTH, 8 * key.length));
        Ttlv payload = ask(
                KmipOperation.REGISTER,
                Ttlv.enumeration(KmipTags.OBJECT_TYPE, KmipTags.OBJECT_SYMMETRIC_KEY),
                template(name),
                Ttlv.structure(KmipTags.SYMMETRIC_KEY, block));
        return payload.child(KmipTags.UNIQUE_IDENTIFIER).asText();
    }

    /** Ids of the symmetric keys with that name. */
    List<String> locate(String name) throws IOException, KmipRefusal {
        Ttlv payload = ask(
                KmipOperation.LOCATE,
                attribute("Object Type", Ttlv.enumeration(KmipTags.ATTRIBUTE_VALUE, KmipTags.OBJECT_SYMMETRIC_KEY)),
                name(name));
        List<String> ids = new ArrayList<>();
        for (Ttlv id : payload.children(KmipTags.UNIQUE_IDENTIFIER)) {
            ids.add(id.asText());
        }
        return ids;
    }

    /** The bytes of an AES-256 key. */
    byte[] get(String id) throws IOException, KmipRefusal {
        Ttlv payload = ask(
                KmipOperation.GET,
                Ttlv.text(KmipTags.UNIQUE_IDENTIFIER, id),
                Ttlv.enumeration(KmipTags.KEY_FORMAT_TYPE, KmipTags.FORMAT_RAW));
        if (!payload.child(KmipTags.UNIQUE_IDENTIFIER).asText().equals(id)) {
            throw new BadTtlv("it has another object than was asked for");
        }
        Ttlv block = payload.child(KmipTags.SYMMETRIC_KEY).child(KmipTags.KEY_BLOCK);
        byte[] key =
                block.child(KmipTags.KEY_VALUE).child(KmipTags.KEY_MATERIAL).asBytes();
        if (block.child(KmipTags.CRYPTOGRAPHIC_ALGORITHM).asEnumeration() != KmipTags.AES
                || key.length * 8 != KEY_BITS) {
            throw new BadTtlv("object " + id + " is no AES key of " + KEY_BITS + " bits");
        }
        return key;
    }

    /** Makes a key active. */
    void activate(String id) throws IOException, KmipRefusal {
        var unused = ask(KmipOperation.ACTIVATE, Ttlv.text(KmipTags.UNIQUE_IDENTIFIER, id));
    }

    /** What the server calls itself; empty if it does not say. Also the cheapest way to see that it answers. */
    String query() throws IOException, KmipRefusal {
        Ttlv payload = ask(
                KmipOperation.QUERY,
                Ttlv.enumeration(KmipTags.QUERY_FUNCTION, KmipTags.QUERY_OPERATIONS),
                Ttlv.enumeration(KmipTags.QUERY_FUNCTION, KmipTags.QUERY_SERVER));
        var vendor = payload.find(KmipTags.VENDOR);
        return vendor.isPresent() ? vendor.get().asText() : "";
    }

    private synchronized Ttlv ask(KmipOperation operation, Ttlv... payload) throws IOException, KmipRefusal {
        Ttlv request = request(operation, payload);
        if (kept != null && operation.repeatable()) {
            try {
                return payload(operation, exchange(request));
            } catch (IOException e) {
                // the server may have closed it long ago: that is no answer to the question
            }
        }
        reconnect();
        return payload(operation, exchange(request));
    }

    private Ttlv exchange(Ttlv request) throws IOException {
        boolean whole = false;
        try {
            Ttlv answer = kept.exchange(request);
            whole = true;
            return answer;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    private void reconnect() throws IOException {
        close();
        kept = connector.open();
    }

    private static Ttlv payload(KmipOperation operation, Ttlv answer) throws IOException, KmipRefusal {
        if (answer.tag() != KmipTags.RESPONSE_MESSAGE) {
            throw new BadTtlv("it is no response message");
        }
        Ttlv item = answer.child(KmipTags.BATCH_ITEM);
        if (item.child(KmipTags.RESULT_STATUS).asEnumeration() != 0) {
            var reason = item.find(KmipTags.RESULT_REASON);
            var message = item.find(KmipTags.RESULT_MESSAGE);
            throw new KmipRefusal(
                    operation,
                    reason.isPresent() ? reason.get().asEnumeration() : KmipReasons.GENERAL_FAILURE,
                    message.isPresent() ? printable(message.get().asText()) : "");
        }
        var done = item.find(KmipTags.OPERATION);
        if (done.isPresent() && done.get().asEnumeration() != operation.code()) {
            throw new BadTtlv("it answers another operation");
        }
        return item.child(KmipTags.RESPONSE_PAYLOAD);
    }

    /** A server's words go into logs and answers: one line of them. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    private Ttlv request(KmipOperation operation, Ttlv... payload) {
        List<Ttlv> header = new ArrayList<>();
        header.add(Ttlv.structure(
                KmipTags.PROTOCOL_VERSION,
                Ttlv.integer(KmipTags.PROTOCOL_MAJOR, MAJOR),
                Ttlv.integer(KmipTags.PROTOCOL_MINOR, MINOR)));
        header.add(Ttlv.integer(KmipTags.MAXIMUM_RESPONSE_SIZE, KmipConnection.MOST_BYTES));
        if (settings.user() != null) {
            header.add(Ttlv.structure(
                    KmipTags.AUTHENTICATION,
                    Ttlv.structure(
                            KmipTags.CREDENTIAL,
                            Ttlv.enumeration(KmipTags.CREDENTIAL_TYPE, KmipTags.USERNAME_AND_PASSWORD),
                            Ttlv.structure(
                                    KmipTags.CREDENTIAL_VALUE,
                                    Ttlv.text(KmipTags.USERNAME, settings.user()),
                                    Ttlv.text(KmipTags.PASSWORD, settings.password())))));
        }
        header.add(Ttlv.integer(KmipTags.BATCH_COUNT, 1));
        return Ttlv.structure(
                KmipTags.REQUEST_MESSAGE,
                Ttlv.structure(KmipTags.REQUEST_HEADER, header),
                Ttlv.structure(
                        KmipTags.BATCH_ITEM,
                        Ttlv.enumeration(KmipTags.OPERATION, operation.code()),
                        Ttlv.structure(KmipTags.REQUEST_PAYLOAD, payload)));
    }

    private static Ttlv template(String name) {
        return Ttlv.structure(
                KmipTags.TEMPLATE_ATTRIBUTE,
                attribute("Cryptographic Algorithm", Ttlv.enumeration(KmipTags.ATTRIBUTE_VALUE, KmipTags.AES)),
                attribute("Cryptographic Length", Ttlv.integer(KmipTags.ATTRIBUTE_VALUE, KEY_BITS)),
                attribute("Cryptographic Usage Mask", Ttlv.integer(KmipTags.ATTRIBUTE_VALUE, USAGE)),
                name(name));
    }

    private static Ttlv name(String name) {
        return attribute(
                "Name",
                Ttlv.structure(
                        KmipTags.ATTRIBUTE_VALUE,
                        Ttlv.text(KmipTags.NAME_VALUE, name),
                        Ttlv.enumeration(KmipTags.NAME_TYPE, KmipTags.NAME_IS_TEXT)));
    }

    private static Ttlv attribute(String name, Ttlv value) {
        return Ttlv.structure(KmipTags.ATTRIBUTE, Ttlv.text(KmipTags.ATTRIBUTE_NAME, name), value);
    }

    @Override
    public synchronized void close() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
