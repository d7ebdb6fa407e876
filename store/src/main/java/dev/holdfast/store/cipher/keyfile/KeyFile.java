package dev.holdfast.store.cipher.keyfile;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.cipher.KeyWrap;
import dev.holdfast.store.cipher.KeyWrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Master keys from the lines of a text file; {@code docs/format-encryption.md} has its form. Read again for each use, so
 * a line that was added or removed counts at once, and no master key stays in memory.
 */
public final class KeyFile implements KeyWrapper {
    private static final String KIND = "keyfile";

    private final Path file;
    private final SecureRandom random;

    /** Does no I/O. */
    public KeyFile(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /**
     * Adds a new key, as the last line; makes the file, readable by its owner only, if there is none. Answers the key's
     * id.
     *
     * @throws IOException if that cannot be done
     */
    public static String add(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[KeyWrap.KEY];
        random.nextBytes(key);
        KeyLines.append(file, key);
        return id(KeyLines.name(key));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String place() {
        return "key file " + file;
    }

    @Override
    public String establish(String storeId) {
        return id(lines().last());
    }

    @Override
    public String renew(String storeId, String current, int number) {
        String last = id(lines().last());
        if (!last.equals(current)) {
            return last; // the operator has added one, or a rotation was cut short after it did
        }
        try {
            return add(file, random);
        } catch (IOException e) {
            throw new Unavailable(
                    "a new key cannot be added to the key file " + file + ": " + e
                            + "\nHINT: run this as a user who may write there, or add one with: holdfast store-keys make "
                            + file,
                    e);
        }
    }

    @Override
    public byte[] wrap(String masterKey, byte[] plain, byte[] bound) {
        return KeyWrap.wrap(key(masterKey), plain, bound, random);
    }

    @Override
    public byte[] unwrap(String masterKey, byte[] wrapped, byte[] bound) throws NotThatKey {
        return KeyWrap.unwrap(key(masterKey), wrapped, bound, masterKey);
    }

    @Override
    public void close() {}

    private byte[] key(String masterKey) {
        if (!masterKey.startsWith(KIND + ":")) {
            throw new Unavailable("the data keys are wrapped with " + masterKey + ", which is no key of a key file"
                    + "\nHINT: give the settings for that kind of key.");
        }
        byte[] key = lines().key(masterKey.substring(KIND.length() + 1));
        if (key == null) {
            throw new Unavailable("the data keys are wrapped with " + masterKey + ", and " + place()
                    + " does not have that key\nHINT: it is another store's key file, or a line was removed:"
                    + " put the right one there. Nothing is lost as long as a copy of the key is somewhere.");
        }
        return key;
    }

    private KeyLines lines() {
        try {
            return KeyLines.read(file);
        } catch (IOException e) {
            throw new Unavailable(
                    "the key file " + file + " cannot be read: " + e
                            + "\nHINT: is it mounted, and may this user read it? A new one is made with: holdfast store-keys make "
                            + file,
                    e);
        }
    }

    private static String id(String name) {
        return KIND + ":" + name;
    }
}
