package dev.holdfast.store.cipher.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmipClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final KmipSettings SETTINGS = new KmipSettings(
            "kmip.example.net", 5696, Path.of("c"), Path.of("k"), Path.of("a"), "backup", "hunter2", SHORT, null);

    @Test
    void request_isAsTheSpecificationSays() throws Exception {
        byte[][] seen = new byte[1][];
        try (FakeKmip server = new FakeKmip(9, (request, out) -> {
            seen[0] = request;
            out.write(FakeKmip.success());
        })) {
            keys(server).server();
        }
        Ttlv request = TtlvCodec.decode(seen[0]);
        Ttlv header = request.child(KmipTags.REQUEST_HEADER);
        assertThat(header.child(KmipTags.PROTOCOL_VERSION)
                        .child(KmipTags.PROTOCOL_MAJOR)
                        .asInteger())
                .isOne();
        assertThat(header.child(KmipTags.BATCH_COUNT).asInteger()).isOne();
        assertThat(request.child(KmipTags.BATCH_ITEM).child(KmipTags.OPERATION).asEnumeration())
                .isEqualTo(0x18);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 0x100})
    void everyReason_hasWordsOfItsOwn_andAHint(int reason) throws Exception {
        try (FakeKmip server = new FakeKmip(9, (request, out) -> out.write(FakeKmip.failure(reason, "no\r\nway")))) {
            assertThatThrownBy(() -> keys(server).unwrap("kmip:7", new byte[60], new byte[0]))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("KMIP server kmip.example.net:5696, getting master key kmip:7: Get: ")
                    .hasMessageContaining(KmipReasons.meaning(reason))
                    .hasMessageContaining("(the server says: no way)")
                    .hasMessageContaining("HINT:")
                    .hasMessageNotContaining("hunter2");
        }
        assertThat(KmipReasons.meaning(reason)).doesNotContain("0x");
    }

    @Test
    void unknownReason_isToldAsNumber() {
        assertThat(KmipReasons.meaning(0x77)).contains("0x77");
    }

    @Test
    void closedConnection_isOpenedAgain_forQuestionsOnly() throws Exception {
        try (FakeKmip server = new FakeKmip(1, (request, out) -> out.write(FakeKmip.success()))) {
            KmipKeys keys = keys(server);
            keys.server();
            keys.server();
            assertThat(keys.locate("x")).isEmpty();
            assertThat(server.connections).hasValue(3);
        }
    }

    @Test
    void lostAnswerToACreate_isNotAskedAgain() throws Exception {
        try (FakeKmip server = new FakeKmip(1, (request, out) -> {})) {
            assertThatThrownBy(() -> keys(server).register("x", new byte[32])).isInstanceOf(Unavailable.class);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void silentServer_isGivenUp() throws Exception {
        try (FakeKmip server = new FakeKmip(9, (request, out) -> sleep(5_000))) {
            assertThatThrownBy(() -> keys(server).server())
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("does not answer")
                    .hasMessageContaining("HINT:");
        }
    }

    @Test
    void serverThatDrips_isGivenUp_thoughEachByteComesInTime() throws Exception {
        try (FakeKmip server = new FakeKmip(9, (request, out) -> {
            out.write(ByteBuffer.allocate(8).putInt(0x42007B01).putInt(4000).array());
            for (int i = 0; i < 4000; i++) {
                out.write(0);
                out.flush();
                sleep(20);
            }
        })) {
            assertThatThrownBy(() -> keys(server).server())
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("no whole answer within");
        }
    }

    @Test
    void hugeAnswer_isRefusedByItsHead() throws Exception {
        try (FakeKmip server = new FakeKmip(
                9,
                (request, out) -> out.write(ByteBuffer.allocate(8)
                        .putInt(0x42007B01)
                        .putInt(Integer.MAX_VALUE)
                        .array()))) {
            assertThatThrownBy(() -> keys(server).server())
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("2147483647 bytes");
        }
    }

    @Test
    void somethingElseThatListens_isNamedAsSuch() throws Exception {
        try (FakeKmip server = new FakeKmip(
                9,
                (request, out) -> out.write(
                        "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))) {
            assertThatThrownBy(() -> keys(server).server())
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("is it a KMIP 1.2 server");
        }
    }

    @Test
    void keyOfAnotherSizeOrObject_isRefused() throws Exception {
        try (FakeKmip server = new FakeKmip(
                9,
                (request, out) -> out.write(FakeKmip.success(
                        Ttlv.text(KmipTags.UNIQUE_IDENTIFIER, "7"),
                        Ttlv.structure(
                                KmipTags.SYMMETRIC_KEY,
                                Ttlv.structure(
                                        KmipTags.KEY_BLOCK,
                                        Ttlv.structure(
                                                KmipTags.KEY_VALUE, Ttlv.bytes(KmipTags.KEY_MATERIAL, new byte[16])),
                                        Ttlv.enumeration(KmipTags.CRYPTOGRAPHIC_ALGORITHM, KmipTags.AES))))))) {
            KmipKeys keys = keys(server);
            assertThatThrownBy(() -> keys.wrap("kmip:7", new byte[32], new byte[0]))
                    .hasMessageContaining("no AES key of 256 bits");
            assertThatThrownBy(() -> keys.wrap("kmip:8", new byte[32], new byte[0]))
                    .hasMessageContaining("another object");
            assertThatThrownBy(() -> keys.wrap("keyfile:8", new byte[32], new byte[0]))
                    .hasMessageContaining("no key of a KMIP server");
        }
    }

    @Test
    void nobodyThere_isUnavailable() throws IOException {
        FakeKmip server = new FakeKmip(1, (request, out) -> {});
        server.close();
        assertThatThrownBy(() -> keys(server).server())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("KMIP server kmip.example.net:5696 does not answer")
                .hasMessageContaining("HINT:");
    }

    private static KmipKeys keys(FakeKmip server) {
        return new KmipKeys(SETTINGS, server.connector(SHORT), new SecureRandom());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
