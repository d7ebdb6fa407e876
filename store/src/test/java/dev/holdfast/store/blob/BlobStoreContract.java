package dev.holdfast.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} promises. */
public abstract class BlobStoreContract {
    private BlobStore blobs;

    /** An empty one. */
    protected abstract BlobStore make() throws Exception;

    @BeforeEach
    void open() throws Exception {
        blobs = make();
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    @Test
    void committedBlob_isReadFromAnyPosition() {
        blobs.put("a/b.x", bytes("hello world"));
        try (BlobReader reader = blobs.open("a/b.x")) {
            assertThat(reader.size()).isEqualTo(11);
            assertThat(read(reader, 6, 100)).isEqualTo("world");
            assertThat(read(reader, 0, 5)).isEqualTo("hello");
            assertThat(read(reader, 11, 5)).isEmpty();
            assertThat(read(reader, 99, 5)).isEmpty();
        }
    }

    @Test
    void read_leavesWhatLiesAroundTheTargetAlone() {
        blobs.put("a", bytes("xyz"));
        ByteBuffer target = ByteBuffer.wrap(bytes("........")).position(2).limit(6);
        try (BlobReader reader = blobs.open("a")) {
            assertThat(reader.read(1, target)).isEqualTo(2);
        }
        assertThat(target.position()).isEqualTo(4);
        assertThat(new String(target.array(), StandardCharsets.US_ASCII)).isEqualTo("..yz....");
    }

    @Test
    void writes_areAppended_andCounted() {
        try (BlobWriter writer = blobs.create("a")) {
            writer.write(ByteBuffer.wrap(bytes("one")));
            ByteBuffer direct = ByteBuffer.allocateDirect(3).put(bytes("two")).flip();
            writer.write(direct);
            assertThat(direct.hasRemaining()).isFalse();
            assertThat(writer.position()).isEqualTo(6);
            writer.commit();
        }
        assertThat(content("a")).isEqualTo("onetwo");
    }

    @Test
    void uncommittedBlob_isNeitherOpenedNorListed_andLeavesNothing() {
        try (BlobWriter writer = blobs.create("a")) {
            writer.write(ByteBuffer.wrap(bytes("x")));
            assertThatThrownBy(() -> blobs.open("a")).isInstanceOf(NoSuchBlob.class);
            assertThat(blobs.list("")).isEmpty();
        }
        assertThatThrownBy(() -> blobs.open("a")).isInstanceOf(NoSuchBlob.class);
    }

    @Test
    void emptyBlob_isABlob() {
        blobs.put("a", new byte[0]);
        assertThat(content("a")).isEmpty();
        assertThat(blobs.list("")).containsExactly("a");
    }

    @Test
    void secondCommitOfAName_fails_andChangesNothing() {
        BlobWriter late = blobs.create("a/b");
        late.write(ByteBuffer.wrap(bytes("late")));
        blobs.put("a/b", bytes("first"));
        assertThatThrownBy(late::commit).isInstanceOf(BlobExists.class).hasMessageContaining("a/b");
        late.close();
        assertThatThrownBy(() -> blobs.put("a/b", bytes("third"))).isInstanceOf(BlobExists.class);
        assertThat(content("a/b")).isEqualTo("first");
        assertThat(blobs.list("")).containsExactly("a/b");
    }

    @Test
    void ofManyCommitsOfOneName_exactlyOneWins() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> put = () -> {
                try {
                    blobs.put("same", bytes("x"));
                    return true;
                } catch (BlobExists e) {
                    return false;
                }
            };
            int won = 0;
            for (Future<Boolean> outcome : threads.invokeAll(List.of(put, put, put, put, put, put, put, put))) {
                won += outcome.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anEndedWriter_takesNothingMore() {
        BlobWriter writer = blobs.create("a");
        writer.commit();
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(bytes("x")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
        writer.close();
        writer.close();
        assertThat(content("a")).isEmpty();
    }

    @Test
    void list_isSorted_andByPrefix() {
        for (String name : List.of("b/2", "a/1", "b/10", "b.x", "c")) {
            blobs.put(name, bytes("x"));
        }
        assertThat(blobs.list("")).containsExactly("a/1", "b.x", "b/10", "b/2", "c");
        assertThat(blobs.list("b/")).containsExactly("b/10", "b/2");
        assertThat(blobs.list("b/1")).containsExactly("b/10");
        assertThat(blobs.list("b")).containsExactly("b.x", "b/10", "b/2");
        assertThat(blobs.list("nothing/here/")).isEmpty();
        assertThat(blobs.list("c/")).isEmpty();
    }

    @Test
    void survey_namesWhatListDoes_withSizesAndTimes() {
        for (String name : List.of("b/2", "a/1", "b/10", "c")) {
            blobs.put(name, bytes(name));
        }
        blobs.put("b/0", new byte[0]);
        assertThat(blobs.survey("").stream().map(BlobEntry::name)).isEqualTo(blobs.list(""));
        assertThat(blobs.survey("b/").stream().map(BlobEntry::name)).containsExactly("b/0", "b/10", "b/2");
        assertThat(blobs.survey("b/").stream().map(BlobEntry::bytes)).containsExactly(0L, 4L, 3L);
        assertThat(blobs.survey("")).allSatisfy(entry -> assertIsNow(entry.writtenMillis()));
        assertThat(blobs.survey("nothing/here/")).isEmpty();
    }

    @Test
    void ageOfABlob_beginsWithItsCommit_byTheClockOfItsStore() {
        blobs.put("a/b", bytes("x"));
        assertIsNow(blobs.writtenMillis("a/b"));
        assertThat(blobs.writtenMillis("a")).isEmpty();
        assertThat(blobs.writtenMillis("nothing")).isEmpty();
        blobs.delete("a/b");
        assertThat(blobs.writtenMillis("a/b")).isEmpty();
    }

    @Test
    void youngUnfinishedBlob_isNotGivenUp() {
        try (BlobWriter writer = blobs.create("a")) {
            writer.write(ByteBuffer.wrap(bytes("x")));
            assertThat(blobs.giveUpUnfinished(Duration.ofDays(1).toMillis())).isZero();
            writer.commit();
        }
        assertThat(content("a")).isEqualTo("x");
    }

    /** Clocks tell seconds, and a machine may be busy: only an age that is quite wrong is one. */
    private void assertIsNow(OptionalLong millis) {
        long now = blobs.clockMillis().orElseGet(System::currentTimeMillis);
        assertThat(millis).isPresent();
        assertThat(millis.getAsLong())
                .isCloseTo(now, within(Duration.ofMinutes(10).toMillis()));
    }

    @Test
    void deletedBlob_isGone_andItsNameMayBeUsedAgain() {
        blobs.put("a/b", bytes("one"));
        assertThat(blobs.delete("a/b")).isTrue();
        assertThat(blobs.delete("a/b")).isFalse();
        assertThat(blobs.delete("a")).isFalse();
        assertThatThrownBy(() -> blobs.open("a/b")).isInstanceOf(NoSuchBlob.class);
        blobs.put("a/b", bytes("two"));
        assertThat(content("a/b")).isEqualTo("two");
    }

    @Test
    void theBeginningOfAName_isNoBlob() {
        blobs.put("a/b", bytes("x"));
        assertThatThrownBy(() -> blobs.open("a")).isInstanceOf(NoSuchBlob.class);
    }

    @Test
    void openBlob_isReadToItsEnd_whenDeletedMeanwhile() {
        blobs.put("a", bytes("still here"));
        try (BlobReader reader = blobs.open("a")) {
            blobs.delete("a");
            blobs.put("a", bytes("other text"));
            assertThat(read(reader, 0, 10)).isEqualTo("still here");
        }
    }

    @Test
    void namesThatAreNone_areRefused() {
        for (String name :
                List.of("", "/", "/a", "a/", "a//b", "..", "a/../b", "./a", "A", "a b", "a\\b", "ä", "a\0")) {
            assertThatThrownBy(() -> blobs.create(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> blobs.open(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> blobs.delete(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String content(String name) {
        try (BlobReader reader = blobs.open(name)) {
            return read(reader, 0, (int) reader.size());
        }
    }

    private static String read(BlobReader reader, long position, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        int count = reader.read(position, target);
        assertThat(count).isEqualTo(target.position());
        return new String(target.array(), 0, count, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
