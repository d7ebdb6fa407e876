package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The test vector of the contract (file 01, section 2.2). */
final class DigestCheckTest {
    private static final String TARGET = "/api/public/v1.0/groups/5196d3628d022db4cbc26d9e/hosts/"
            + "4059580c20c4581872ef24d0b8f5dca0/restoreJobs/54ccbe6e0cf2d19b280496b2?pretty=true";
    private static final String RESPONSE = "0f10e8a11924dfecb7f2dea624d1fd2b";
    private static final String RESPONSE_UNPADDED = "ca6546f562814d7bba2ffd18e77037f9";
    private static final String RESPONSE_WITHOUT_QOP = "66660381486f69078c9f29b7346e3564";

    private final DigestCheck check = new DigestCheck();
    private final Ha1 ha1 = check.ha1("ewmaqvdo", "db2c132c-a78d-4c11-9d02-6a1f0c0ffee0");

    @Test
    void ha1_isTheDocumentedOne() {
        assertThat(HexFormat.of().formatHex(ha1.bytes())).isEqualTo("1f1a1fc2f17196e197db3d8300f5705f");
    }

    @Test
    void vectorIsProven() {
        assertThat(proves("GET", TARGET, header(TARGET, "00000001", RESPONSE))).isTrue();
    }

    @Test
    void countIsHashedAsSent() {
        assertThat(proves("GET", TARGET, header(TARGET, "1", RESPONSE_UNPADDED)))
                .isTrue();
        assertThat(proves("GET", TARGET, header(TARGET, "00000001", RESPONSE_UNPADDED)))
                .isFalse();
        assertThat(proves("GET", TARGET, header(TARGET, "1", RESPONSE))).isFalse();
    }

    @Test
    void responseMayBeUpperCase() {
        assertThat(proves("GET", TARGET, header(TARGET, "00000001", RESPONSE.toUpperCase(Locale.ROOT))))
                .isTrue();
    }

    @Test
    void responseWithoutQop_provesNothing() {
        assertThat(proves("GET", TARGET, header(TARGET, "00000001", RESPONSE_WITHOUT_QOP)))
                .isFalse();
    }

    @Test
    void otherMethodOrTarget_isNotProven() {
        assertThat(proves("POST", TARGET, header(TARGET, "00000001", RESPONSE))).isFalse();
        String other = TARGET.replace("pretty=true", "pretty=false");
        assertThat(proves("GET", other, header(TARGET, "00000001", RESPONSE)))
                .as("signed for another target than the one asked for")
                .isFalse();
        assertThat(proves("GET", TARGET.replace("?", "/?"), header(TARGET, "00000001", RESPONSE)))
                .as("the raw target counts, not a normalised one")
                .isFalse();
    }

    @Test
    void realmMustBeOurs() {
        AuthorizationHeader right = header(TARGET, "00000001", RESPONSE);
        AuthorizationHeader other = new AuthorizationHeader(
                right.username(), "mms public api", right.nonce(), right.uri(), right.nc(), right.cnonce(), RESPONSE);
        assertThat(proves("GET", TARGET, other)).isFalse();
    }

    @Test
    void malformedResponse_provesNothing() {
        for (String response :
                new String[] {"", "0f10", RESPONSE + "00", "g" + RESPONSE.substring(1), "\u00e4".repeat(32)}) {
            assertThat(proves("GET", TARGET, header(TARGET, "00000001", response)))
                    .as(response)
                    .isFalse();
        }
    }

    private boolean proves(String method, String target, AuthorizationHeader header) {
        return check.proves(ha1, method, target, header);
    }

    private static AuthorizationHeader header(String uri, String nc, String response) {
        return new AuthorizationHeader(
                "ewmaqvdo",
                "MMS Public API",
                "I+xG4xb7bUgq8uMBCuAxZPI+VDDcJ9q1",
                uri,
                nc,
                "0a4f113b5c6d7e8f",
                response);
    }
}
