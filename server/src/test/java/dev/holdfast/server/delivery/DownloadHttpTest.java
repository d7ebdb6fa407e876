package dev.holdfast.server.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.delivery.LinkState.Status;
import dev.holdfast.server.delivery.RawClient.Response;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadHttpTest {
    private static final byte[] ARCHIVE = LinkFixture.random(3_000_000, 7);
    private static final String TAG = "\"" + "e".repeat(64) + "\"";

    @TempDir
    private Path folder;

    private Database database;
    private LinkFixture node;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder, List.of(DeliveryLinks.MIGRATIONS));
        node = new LinkFixture(database, new MemoryStore(), DeliverySettings.DEFAULTS, new LinkFixture.HandClock());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void get_sendsTheArchive_once_andThenTheHashIsKnown() throws Exception {
        JobId job = node.link(ARCHIVE, 1);
        assertThat(node.state(job).status()).isEqualTo(Status.READY);
        assertThat(node.links.awaitState(job, node.clock.now).hash())
                .as("before a download")
                .isNull();
        Response response = node.get(job);
        LinkState state = node.links.awaitState(job, node.clock.now);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ARCHIVE);
        assertThat(response.header("content-type")).isEqualTo("application/gzip");
        assertThat(response.header("content-encoding")).isNull();
        assertThat(response.header("accept-ranges")).isEqualTo("bytes");
        assertThat(response.header("etag")).isEqualTo(TAG);
        assertThat(response.header("cache-control")).isEqualTo("private, no-transform");
        assertThat(response.header("last-modified")).isEqualTo("Wed, 04 Mar 2026 22:07:27 GMT");
        assertThat(response.header("content-disposition"))
                .isEqualTo("attachment; filename=\"config-5462e6b97a312f26496f7d1385ec6ed5-1456098690-" + job
                        + ".tar.gz\"");
        assertThat(state.status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
        assertThat(state.hash().sha1()).isEqualTo(hash("SHA-1"));
        assertThat(state.hash().sha256()).isEqualTo(hash("SHA-256"));
        assertThat(state.hash().fileName())
                .isEqualTo(state.path().substring(state.path().lastIndexOf('/') + 1));
        assertThat(node.get(job).status()).isEqualTo(403);
        assertThat(node.head(job).status()).isEqualTo(403);
    }

    @Test
    void reprDigest_isSent_onceTheHashIsKnown() throws Exception {
        JobId job = node.link(ARCHIVE, 2);
        node.get(job);
        assertThat(node.links.awaitState(job, node.clock.now).hash()).isNotNull();
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash("SHA-256")));
        assertThat(node.get(job).header("repr-digest")).isEqualTo("sha-256=:" + digest + ":");
    }

    @Test
    void head_isFree_andSaysWhatGetWould() {
        JobId job = node.link(ARCHIVE, 1);
        for (int i = 0; i < 5; i++) {
            Response head = node.head(job, "Range: bytes=5-9");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("3000000");
            assertThat(head.header("etag")).isEqualTo(TAG);
        }
        assertThat(node.row(job).charged()).isZero();
        assertThat(node.get(job).body()).isEqualTo(ARCHIVE);
    }

    @Test
    void whatIsNoLink_is404_andLooksTheSame() {
        JobId job = node.link(ARCHIVE, 1);
        String path = node.path(job);
        String other = path.replace(job.hex(), "000000000000000000000000");
        String token = path.split("/")[6];
        String wrongToken = path.replace(token, LinkToken.mint(new java.security.SecureRandom()));
        List<Response> answers =
                List.of(get(other), get(wrongToken), get(path + "x"), get(path.replace(job.hex() + "/", "nonsense/")));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(answers.get(0).body());
            assertThat(new String(answer.body(), ISO_8859_1)).contains("\"reason\":\"Not Found\"");
        });
    }

    @Test
    void theLinkIsTheCredential_howeverItIsWritten_andWhateverElseIsSent() {
        JobId job = node.link(ARCHIVE, 3);
        Response encoded = get(node.path(job).replace("=", "%3D"));
        assertThat(encoded.body()).isEqualTo(ARCHIVE);
        assertThat(node.get(job, "Authorization: Digest username=\"x\"", "Accept: text/html", "Accept-Encoding: gzip")
                        .body())
                .isEqualTo(ARCHIVE);
    }

    @Test
    void ranges_equalTheWhole() {
        JobId job = node.link(ARCHIVE, LinkRequest.NO_LIMIT);
        Random chance = new Random(3);
        String path = node.path(job);
        try (RawClient client = node.client()) {
            for (int i = 0; i < 200; i++) {
                int from = chance.nextInt(ARCHIVE.length);
                int to = from + 1 + chance.nextInt(Math.min(ARCHIVE.length - from, 300_000));
                Response part = client.exchange("GET", path, "Range: bytes=" + from + "-" + (to - 1));
                assertThat(part.status()).isEqualTo(206);
                assertThat(part.header("content-range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/3000000");
                assertThat(part.body()).isEqualTo(Arrays.copyOfRange(ARCHIVE, from, to));
            }
        }
    }

    @Test
    void severalRanges_comeAsMultipart_joinedWhereTheyTouch() {
        JobId job = node.link(ARCHIVE, 2);
        Response response = node.get(job, "Range: bytes=100-199, 10-19,20-29, -5, 9999999-");
        assertThat(response.status()).isEqualTo(206);
        String type = response.header("content-type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        StringBuilder expected = new StringBuilder();
        for (int[] range : new int[][] {{10, 30}, {100, 200}, {2_999_995, 3_000_000}}) {
            expected.append("\r\n--" + boundary + "\r\nContent-Type: application/gzip\r\nContent-Range: bytes "
                    + range[0] + "-" + (range[1] - 1) + "/3000000\r\n\r\n");
            expected.append(new String(Arrays.copyOfRange(ARCHIVE, range[0], range[1]), ISO_8859_1));
        }
        expected.append("\r\n--" + boundary + "--\r\n");
        assertThat(new String(response.body(), ISO_8859_1)).isEqualTo(expected.toString());
        node.quiet(job);
        assertThat(node.row(job).charged()).isEqualTo(125);
    }

    @Test
    void conditions_areHeeded() {
        JobId job = node.link(ARCHIVE, LinkRequest.NO_LIMIT);
        String range = "Range: bytes=0-9";
        assertThat(node.get(job, range, "If-Range: " + TAG).status()).isEqualTo(206);
        assertThat(node.get(job, range, "If-Range: W/" + TAG).status()).isEqualTo(200);
        assertThat(node.get(job, range, "If-Range: \"other\"").body()).isEqualTo(ARCHIVE);
        assertThat(node.get(job, range, "If-Range: Wed, 04 Mar 2026 22:07:27 GMT")
                        .status())
                .isEqualTo(206);
        assertThat(node.get(job, "If-None-Match: \"a\", W/" + TAG).status()).isEqualTo(304);
        assertThat(node.get(job, "If-Match: \"other\"").status()).isEqualTo(412);
        assertThat(node.get(job, "If-Match: " + TAG, range).status()).isEqualTo(206);
        assertThat(node.get(job, "If-Modified-Since: Wed, 04 Mar 2026 22:07:27 GMT")
                        .status())
                .isEqualTo(304);
        assertThat(node.get(job, "If-Unmodified-Since: Wed, 04 Mar 2026 22:07:26 GMT")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aRangeBehindTheEnd_is416_andANonsenseRangeIsIgnored() {
        JobId job = node.link(ARCHIVE, LinkRequest.NO_LIMIT);
        Response behind = node.get(job, "Range: bytes=3000000-");
        assertThat(behind.status()).isEqualTo(416);
        assertThat(behind.header("content-range")).isEqualTo("bytes */3000000");
        assertThat(node.get(job, "Range: bytes=9-2").status()).isEqualTo(200);
        assertThat(node.get(job, "Range: lines=1-2").status()).isEqualTo(200);
    }

    @Test
    void afterExpiry_newDownloadsAreGone_andABegunOneEnds() {
        JobId job = node.link(ARCHIVE, 1);
        JobId idle = node.link(ARCHIVE, 1);
        byte[] begin = node.get(job, "Range: bytes=0-999999").body();
        node.quiet(job);
        node.clock.now = LinkFixture.START.plusSeconds(3600);
        assertThat(node.state(job).status()).isEqualTo(Status.EXPIRED);
        assertThat(node.get(job).status()).isEqualTo(410);
        assertThat(node.get(idle, "Range: bytes=5-").status()).isEqualTo(410);
        Response rest = node.get(job, "Range: bytes=1000000-");
        assertThat(rest.status()).isEqualTo(206);
        assertThat(begin.length + rest.body().length).isEqualTo(ARCHIVE.length);
        assertThat(node.links.awaitState(job, node.clock.now).status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
        node.clock.now = LinkFixture.START.plusSeconds(7200);
        assertThat(node.get(job, "Range: bytes=1000000-").status()).isEqualTo(403);
        assertThat(node.get(idle).status()).isEqualTo(410);
    }

    @Test
    void aSnapshotThatIsGone_breaksTheLink() {
        JobId job = node.link(ARCHIVE, 1);
        assertThat(node.get(job, "Range: bytes=0-9").status()).isEqualTo(206);
        node.store.forget(LinkFixture.GROUP, new dev.holdfast.contract.id.PartId(job.hex()));
        assertThat(node.get(job).status()).isEqualTo(404);
        assertThat(node.state(job).status()).isEqualTo(Status.FAILED);
        assertThat(node.state(job).brokenReason()).contains("deleted");
    }

    private Response get(String path) {
        try (RawClient client = node.client()) {
            return client.exchange("GET", path);
        }
    }

    private static String hash(String algorithm) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(ARCHIVE));
    }
}
