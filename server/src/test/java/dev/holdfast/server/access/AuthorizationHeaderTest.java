package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizationHeaderTest {
    private static final String REST =
            "username=\"u\", realm=\"MMS Public API\", nonce=\"n\", uri=\"/a?b=c\", response=\"r\"";
    private static final String WHOLE = REST + ", nc=00000001, cnonce=\"c\", qop=auth";

    @Test
    void curlsHeader_isRead() {
        AuthorizationHeader header = read("Digest username=\"ewmaqvdo\", realm=\"MMS Public API\", "
                + "nonce=\"I+xG4xb7bUgq8uMBCuAxZPI+VDDcJ9q1\", uri=\"/api/public/v1.0/groups?pretty=true\", "
                + "cnonce=\"ZDY0MTM4NzA4ZjU5NmY0Y2M1NmM5YjAzODMzMTMxNWE=\", nc=00000001, qop=auth, "
                + "response=\"0f10e8a11924dfecb7f2dea624d1fd2b\", algorithm=MD5");
        assertThat(header.username()).isEqualTo("ewmaqvdo");
        assertThat(header.uri()).isEqualTo("/api/public/v1.0/groups?pretty=true");
        assertThat(header.cnonce()).isEqualTo("ZDY0MTM4NzA4ZjU5NmY0Y2M1NmM5YjAzODMzMTMxNWE=");
        assertThat(header.nc()).isEqualTo("00000001");
    }

    @Test
    void pythonRequestsHeader_isRead() {
        AuthorizationHeader header = read("Digest username=\"u\", realm=\"MMS Public API\", nonce=\"n\", uri=\"/a\", "
                + "response=\"r\", algorithm=\"MD5\", qop=\"auth\", nc=00000002, cnonce=\"7a0f7eeb3d7e2b1c\"");
        assertThat(header.nc()).isEqualTo("00000002");
    }

    @Test
    void kubernetesOperatorsHeader_isRead() {
        AuthorizationHeader header = read("Digest username=\"u\", realm=\"MMS Public API\", nonce=\"n\", uri=\"/a\", "
                + "cnonce=\"0a4f113b5c6d7e8f\", nc=1, qop=auth, response=\"r\", algorithm=\"MD5\"");
        assertThat(header.nc()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest " + WHOLE,
                "digest " + WHOLE,
                "DIGEST\t" + WHOLE,
                "Digest   ,, ," + WHOLE + ", ",
                "Digest " + WHOLE + ", algorithm=md5",
                "Digest " + WHOLE + ", opaque=\"\", userhash=false",
                "Digest USERNAME=\"u\",Realm =\"MMS Public API\",nonce= n,uri=/a?b=c,response=r,NC=1,cnonce=a=b==,qop=auth"
            })
    void variationsOfTheGrammar_areRead(String header) {
        assertThat(read(header).uri()).isEqualTo("/a?b=c");
    }

    @Test
    void escapesInQuotes_areUndone() {
        assertThat(read("Digest " + WHOLE.replace("\"u\"", "\"a\\\"b\\\\c,d=e\""))
                        .username())
                .isEqualTo("a\"b\\c,d=e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ",
                "Digestive " + WHOLE,
                "Basic dTpw",
                "Bearer abc",
                "Digest " + REST,
                "Digest " + REST + ", nc=1, cnonce=\"c\"",
                "Digest " + REST + ", nc=1, cnonce=\"c\", qop=auth-int",
                "Digest " + REST + ", nc=1, cnonce=\"c\", qop=\"auth,auth-int\"",
                "Digest " + REST + ", nc=1, cnonce=\"c\", qop=AUTH",
                "Digest " + REST + ", cnonce=\"c\", qop=auth",
                "Digest " + REST + ", nc=1, qop=auth",
                "Digest " + WHOLE + ", algorithm=SHA-256",
                "Digest " + WHOLE + ", algorithm=MD5-sess",
                "Digest " + WHOLE + ", NONCE=\"m\"",
                "Digest " + WHOLE + ", nonce=\"n\"",
                "Digest " + WHOLE + ", x=1, X=2",
                "Digest " + WHOLE + ", opaque=\"open",
                "Digest " + WHOLE + ", opaque=\"open\\",
                "Digest " + WHOLE + ", opaque=",
                "Digest " + WHOLE + ", opaque",
                "Digest " + WHOLE + ", =1",
                "Digest " + WHOLE + ", a b=1",
                "Digest " + WHOLE + ", a=\"1\"b=2",
                "Digest " + WHOLE + ", a=1 b=2",
                "Digest " + WHOLE + ", a=\"\n\"",
                "Digest " + WHOLE + ", a=\"\0\"",
                "Digest " + WHOLE + ", a=\"\u2028\""
            })
    void anythingElse_isRefused(String header) {
        assertThat(AuthorizationHeader.parse(header)).isEmpty();
    }

    @Test
    void noHeader_isRefused() {
        assertThat(AuthorizationHeader.parse(null)).isEmpty();
    }

    @Test
    void hugeHeader_isRefused() {
        String padding = ", opaque=\"" + "x".repeat(ParameterScanner.MAX_LENGTH) + "\"";
        assertThat(AuthorizationHeader.parse("Digest " + WHOLE + padding)).isEmpty();
    }

    @Test
    void manyParameters_areRefused() {
        StringBuilder header = new StringBuilder("Digest " + WHOLE);
        for (int i = 0; i < 25; i++) {
            header.append(", p").append(i).append("=1");
        }
        assertThat(AuthorizationHeader.parse(header.toString())).isEmpty();
    }

    @Test
    void response_isNotInTheText() {
        assertThat(read("Digest " + WHOLE.replace("\"r\"", "\"0f10e8a11924dfec\"")))
                .asString()
                .doesNotContain("0f10e8a11924dfec");
    }

    private static AuthorizationHeader read(String header) {
        Optional<AuthorizationHeader> read = AuthorizationHeader.parse(header);
        assertThat(read).as(header).isPresent();
        return read.get();
    }
}
