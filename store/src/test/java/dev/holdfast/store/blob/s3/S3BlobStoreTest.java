package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobStoreContract;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = S3Server.ENDPOINT, matches = ".+", disabledReason = S3Server.WHY_NOT)
class S3BlobStoreTest extends BlobStoreContract {
    /** The least that S3 takes for a part which is not the last. */
    private static final int SMALL_PART = 5 << 20;

    private S3Settings settings;

    @Override
    protected BlobStore make() {
        settings = S3Server.newBucket(S3Server.shared());
        return S3Server.retrying(S3Server.store(settings, S3BlobStore.PART, 1));
    }

    private S3BlobStore another(long seed) {
        return S3Server.store(settings, SMALL_PART, seed);
    }

    @Test
    void blobOfManyParts_isReadFromAnyPosition() {
        byte[] bytes = noise(2 * SMALL_PART + 12_345);
        try (S3BlobStore store = another(2)) {
            put(store, "packs/large", bytes);
            try (BlobReader reader = store.open("packs/large")) {
                assertThat(reader.size()).isEqualTo(bytes.length);
                for (int position : new int[] {0, 1, S3Objects.HEAD - 5, SMALL_PART - 3, bytes.length - 9}) {
                    ByteBuffer target = ByteBuffer.allocateDirect(10_000);
                    int count = reader.read(position, target);
                    byte[] read = new byte[count];
                    target.flip().get(read);
                    assertThat(read)
                            .isEqualTo(Arrays.copyOfRange(bytes, position, Math.min(bytes.length, position + 10_000)));
                }
            }
        }
    }

    @Test
    void blobOfExactlyOnePart_andOfTwo_areWhole() {
        try (S3BlobStore store = another(2)) {
            for (int parts : new int[] {1, 2}) {
                byte[] bytes = noise(parts * SMALL_PART);
                put(store, "a" + parts, bytes);
                try (BlobReader reader = store.open("a" + parts)) {
                    assertThat(reader.size()).isEqualTo(bytes.length);
                }
            }
        }
    }

    @Test
    void uncommittedParts_areNoBlob_andAreGivenUp() {
        try (S3BlobStore store = another(2)) {
            try (BlobWriter writer = store.create("packs/given-up")) {
                writer.write(ByteBuffer.wrap(noise(SMALL_PART + 1)));
                assertThat(uploads(store)).isEqualTo(1);
                assertThat(store.list("")).isEmpty();
            }
            assertThat(uploads(store)).isZero();
            assertThatThrownBy(() -> store.open("packs/given-up")).isInstanceOf(NoSuchBlob.class);
        }
    }

    @Test
    void list_goesOnPastOnePageOfTheServer() {
        try (S3BlobStore store = another(2)) {
            List<String> names = new ArrayList<>();
            for (int i = 10; i < 33; i++) {
                store.put("m/" + i, new byte[] {1});
                names.add("m/" + i);
            }
            try (S3BlobStore fresh = another(3)) {
                assertThat(fresh.list("m/")).isEqualTo(names);
            }
        }
    }

    @Test
    void storesOfOneBucket_doNotSeeEachOther_norOddKeys() {
        S3Settings other = S3Server.settings(settings.endpoint(), settings.bucket(), "");
        try (S3BlobStore store = another(2);
                S3BlobStore whole = S3Server.store(other, SMALL_PART, 3)) {
            store.put("x", new byte[] {1});
            assertThat(whole.list("")).containsExactly("some/store/x");
            whole.put("x", new byte[] {2});
            assertThat(store.list("")).containsExactly("x");
            var unused = whole.objects()
                    .client()
                    .putObject(
                            request -> request.bucket(settings.bucket()).key("some/store/Not A Blob"),
                            software.amazon.awssdk.core.sync.RequestBody.empty());
            assertThat(store.list("")).containsExactly("x");
        }
    }

    @Test
    void uploadOfManyParts_losesAgainstABlobThatIsThere() {
        byte[] bytes = noise(SMALL_PART + 1);
        try (S3BlobStore one = another(11);
                S3BlobStore two = another(12)) {
            BlobWriter late = one.create("same");
            late.write(ByteBuffer.wrap(bytes));
            two.put("same", new byte[] {7});
            assertThatThrownBy(late::commit).isInstanceOf(BlobExists.class);
            assertThat(uploads(one)).isZero();
            try (BlobReader reader = one.open("same")) {
                assertThat(reader.size()).isEqualTo(1);
            }
        }
    }

    @Test
    void largeOpenBlob_failsOnceItWasReplaced_andNeverGivesOtherBytes() {
        byte[] bytes = noise(S3Objects.HEAD + 100);
        try (S3BlobStore store = another(2);
                S3BlobStore other = another(3)) {
            put(other, "a", bytes);
            try (BlobReader reader = store.open("a")) {
                other.delete("a");
                put(other, "a", noise(S3Objects.HEAD + 100, 99));
                ByteBuffer target = ByteBuffer.allocate(50);
                assertThatThrownBy(() -> reader.read(S3Objects.HEAD + 10, target))
                        .isInstanceOf(NoSuchBlob.class);
                assertThat(target.position()).isZero();
            }
        }
    }

    @Test
    void sweepOfLeftovers_leavesYoungUploads() {
        try (S3BlobStore store = another(2);
                BlobWriter writer = store.create("packs/slow")) {
            writer.write(ByteBuffer.wrap(noise(SMALL_PART + 1)));
            store.sweepLeftovers();
            assertThat(uploads(store)).isEqualTo(1);
            writer.commit();
            assertThat(store.list("")).containsExactly("packs/slow");
        }
    }

    @Test
    void uploadThatNobodyWritesToAnyMore_isGivenUpByASweep_andOursIsNot() {
        try (S3BlobStore store = another(2);
                S3BlobStore other = another(3);
                BlobWriter left = other.create("packs/left");
                BlobWriter ours = store.create("packs/ours")) {
            left.write(ByteBuffer.wrap(noise(SMALL_PART + 1)));
            ours.write(ByteBuffer.wrap(noise(SMALL_PART + 1)));
            // as if it had begun long ago
            assertThat(store.giveUpUnfinished(Duration.ofHours(-1).toMillis())).isEqualTo(1);
            assertThat(uploads(store)).isEqualTo(1);
            ours.commit();
            assertThat(store.list("")).containsExactly("packs/ours");
            assertThatThrownBy(left::commit).isInstanceOf(Unavailable.class).hasMessageContaining("was aborted");
            assertThat(store.giveUpUnfinished(Duration.ofHours(-1).toMillis())).isZero();
        }
    }

    @Test
    void blobOfManyParts_isYoungForADayLonger_forItsDateMayBeThatOfItsBeginning() {
        try (S3BlobStore store = S3Server.store(settings, S3BlobStore.PART, 2)) {
            put(store, "packs/small", noise(10));
            put(store, "packs/large", noise(S3BlobStore.PART + 1));
            long small = store.writtenMillis("packs/small").orElseThrow();
            long large = store.writtenMillis("packs/large").orElseThrow();
            assertThat(large - small).isCloseTo(dayMillis(), within(dayMillis() / 10));
            List<Long> listed = store.survey("packs/").stream()
                    .map(blob -> blob.writtenMillis().orElseThrow())
                    .toList();
            assertThat(listed.get(0) - listed.get(1)).isCloseTo(dayMillis(), within(dayMillis() / 10));
        }
    }

    private static long dayMillis() {
        return WrittenTimes.LONGEST_UPLOAD.toMillis();
    }

    @Test
    void blobWrittenWhileTheServersClockWasBehind_isAsYoungAsItsWriterSays() {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(9));
        S3Objects objects = new S3Objects(S3Connection.make(settings, S3Server.CREDENTIALS), settings, 7);
        try (S3BlobStore writer = new S3BlobStore(objects, SMALL_PART, ahead, new Random(2));
                S3BlobStore reader = another(3)) {
            writer.put("a", new byte[] {1});
            long behind = reader.survey("a").get(0).writtenMillis().orElseThrow();
            long written = reader.writtenMillis("a").orElseThrow();
            assertThat(Duration.ofMillis(written - behind)).isBetween(Duration.ofDays(8), Duration.ofDays(10));
        }
    }

    private int uploads(S3BlobStore store) {
        return store.objects()
                .client()
                .listMultipartUploads(request -> request.bucket(settings.bucket()))
                .uploads()
                .size();
    }

    private static void put(S3BlobStore store, String name, byte[] bytes) {
        try (BlobWriter writer = store.create(name)) {
            for (int at = 0; at < bytes.length; at += 100_000) {
                writer.write(ByteBuffer.wrap(bytes, at, Math.min(100_000, bytes.length - at)));
            }
            writer.commit();
        }
    }

    private static byte[] noise(int length) {
        return noise(length, 4);
    }

    private static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
