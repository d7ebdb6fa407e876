package dev.holdfast.store.cipher.kmip;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.cipher.KeyWrap;
import dev.holdfast.store.cipher.KeyWrapper;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Master keys in a KMIP server. Their bytes are fetched for each wrapping and forgotten after it; only data keys stay in
 * memory.
 */
public final class KmipKeys implements KeyWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(KmipKeys.class);
    private static final String KIND = "kmip";

    private final KmipSettings settings;
    private final KmipClient client;
    private final SecureRandom random;

    /** Does no I/O. */
    public KmipKeys(KmipSettings settings, SecureRandom random) {
        this(settings, () -> KmipConnection.open(settings), random);
    }

    KmipKeys(KmipSettings settings, KmipClient.Connector connector, SecureRandom random) {
        this.settings = settings;
        this.client = new KmipClient(settings, connector);
        this.random = random;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String place() {
        return "KMIP server " + settings;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public String establish(String storeId) {
        return id(settings.masterKey() != null ? settings.masterKey() : named("holdfast-" + storeId));
    }

    @Override
    public String renew(String storeId, String current, int number) {
        boolean otherIsSet =
                settings.masterKey() != null && !id(settings.masterKey()).equals(current);
        return id(otherIsSet ? settings.masterKey() : named("holdfast-" + storeId + "-" + number));
    }

    @Override
    public byte[] wrap(String masterKey, byte[] plain, byte[] bound) {
        byte[] key = key(masterKey);
        try {
            return KeyWrap.wrap(key, plain, bound, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public byte[] unwrap(String masterKey, byte[] wrapped, byte[] bound) throws NotThatKey {
        byte[] key = key(masterKey);
        try {
            return KeyWrap.unwrap(key, wrapped, bound, masterKey);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * What the server calls itself; proves that it answers.
     *
     * @throws Unavailable if it does not
     */
    public String server() {
        return asked("asking who it is", client::query);
    }

    /**
     * Hands in a key that was made elsewhere and makes it active; answers its id in the server.
     *
     * @param name by which it can be located
     * @param key 32 bytes
     */
    public String register(String name, byte[] key) {
        String made = asked("registering key " + name, () -> client.register(name, key));
        activate(made);
        return made;
    }

    /** Ids of the keys with that name. */
    public List<String> locate(String name) {
        return asked("looking for key " + name, () -> client.locate(name));
    }

    @Override
    public void close() {
        client.close();
    }

    /** The key of that name; a key that an earlier try left is taken, so that no try leaves another. */
    private String named(String name) {
        List<String> found = locate(name);
        String key = found.isEmpty() ? asked("making key " + name, () -> client.create(name)) : found.get(0);
        activate(key);
        return key;
    }

    private void activate(String key) {
        asked("activating key " + key, () -> {
            try {
                client.activate(key);
            } catch (KmipRefusal e) {
                // active already, or a server that makes keys active at once; wrapping will show
                LOG.info("KMIP server {}: key {} was not made active: {}", settings, key, e.getMessage());
            }
            return key;
        });
    }

    private byte[] key(String masterKey) {
        if (!masterKey.startsWith(KIND + ":")) {
            throw new Unavailable("the data keys are wrapped with " + masterKey + ", which is no key of a KMIP server"
                    + "\nHINT: give the settings for that kind of key.");
        }
        return asked("getting master key " + masterKey, () -> client.get(masterKey.substring(KIND.length() + 1)));
    }

    private interface Question<T> {
        T ask() throws IOException, KmipRefusal;
    }

    private <T> T asked(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (KmipRefusal e) {
            throw new Unavailable(place() + ", " + what + ": " + e.getMessage() + "\nHINT: " + e.hint(), e);
        } catch (BadTtlv e) {
            throw new Unavailable(
                    place() + ", " + what + ": " + e.getMessage()
                            + "\nHINT: is it a KMIP 1.2 server that listens there?",
                    e);
        } catch (SSLException e) {
            if (e.getCause() instanceof EOFException) {
                throw silent(what, e); // it went away within the handshake
            }
            throw new Unavailable(
                    place() + ", " + what + ": TLS failed: " + e.getMessage()
                            + "\nHINT: does the server's certificate name that host and come from"
                            + " encryption.kmip.authority, and does the server trust encryption.kmip.certificate?",
                    e);
        } catch (IOException e) {
            throw silent(what, e);
        }
    }

    private Unavailable silent(String what, IOException e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        return new Unavailable(
                place() + " does not answer, " + what + ": " + why
                        + "\nHINT: is it running and reachable? What is under way goes on; new restores can be tried again"
                        + " when it is back.",
                e);
    }

    private static String id(String key) {
        return KIND + ":" + key;
    }
}
