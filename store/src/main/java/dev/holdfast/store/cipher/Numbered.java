package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.format.ExactRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Small files of one folder that are numbered from 1, of which the highest counts. Whoever changes something writes the
 * next number, which only one can; lower ones are removed afterwards.
 */
final class Numbered {
    private static final int MOST_BYTES = 4 << 20;
    private static final int TRIES = 5;

    private final BlobStore raw;
    private final String folder;
    private final String suffix;
    private final Pattern pattern;

    Numbered(BlobStore raw, String folder, String suffix) {
        this.raw = raw;
        this.folder = folder;
        this.suffix = suffix;
        this.pattern = Pattern.compile(Pattern.quote(folder) + "([0-9]{8})" + Pattern.quote(suffix));
    }

    /** A file: its number, its name, its bytes. */
    record File(int number, String name, byte[] bytes) {}

    String name(int number) {
        return folder + String.format(Locale.ROOT, "%08d", number) + suffix;
    }

    /** The highest one, or null if there is none. */
    File newest() {
        for (int tries = 0; tries < TRIES; tries++) {
            List<Integer> numbers = numbers();
            if (numbers.isEmpty()) {
                return null;
            }
            int number = numbers.get(numbers.size() - 1);
            try (BlobReader reader = raw.open(name(number))) {
                if (reader.size() > MOST_BYTES) {
                    throw new Corruption(name(number), 0, "it has " + reader.size() + " bytes, too many for keys");
                }
                byte[] bytes = ExactRead.of(reader, name(number), 0, (int) reader.size())
                        .array();
                return new File(number, name(number), bytes);
            } catch (NoSuchBlob e) {
                // a rotation replaced it between the listing and now: look again
            }
        }
        throw new Unavailable("the newest file in " + folder + " changes faster than it can be read"
                + "\nHINT: is holdfast store-keys rotate running in a loop? Try again.");
    }

    /** Writes the file with that number, or throws {@link dev.holdfast.store.blob.BlobExists}. */
    void put(int number, byte[] bytes) {
        raw.put(name(number), bytes);
    }

    /** Removes all below {@code number}. */
    void removeBelow(int number) {
        for (int lower : numbers()) {
            if (lower < number) {
                raw.delete(name(lower));
            }
        }
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String name : raw.list(folder)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                numbers.add(Integer.parseInt(matcher.group(1)));
            }
        }
        numbers.sort(null);
        return numbers;
    }
}
