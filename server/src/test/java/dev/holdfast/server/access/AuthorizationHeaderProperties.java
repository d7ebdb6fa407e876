package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class AuthorizationHeaderProperties {
    private static final String GOOD = "Digest username=\"u\", realm=\"MMS Public API\", nonce=\"n\", uri=\"/a\", "
            + "cnonce=\"c==\", nc=00000001, qop=auth, response=\"0f10e8a11924dfecb7f2dea624d1fd2b\", algorithm=MD5";

    @Property
    void garbage_isRefusedWithoutAnException(@ForAll String garbage) {
        assertThat(AuthorizationHeader.parse(garbage)).isEmpty();
        assertThat(AuthorizationHeader.parse("Digest " + garbage)).isEmpty();
    }

    /** Text from the grammar's own marks gets far deeper into the scanner than text from anywhere. */
    @Property
    void shreds_areRefusedWithoutAnException(@ForAll("shreds") List<String> shreds) {
        assertThat(AuthorizationHeader.parse("Digest " + String.join("", shreds)))
                .isEmpty();
    }

    @Property
    void damagedHeader_neverThrows(
            @ForAll @IntRange(max = 200) int from,
            @ForAll @IntRange(max = 12) int length,
            @ForAll("shreds") List<String> shreds) {
        int start = Math.min(from, GOOD.length());
        int end = Math.min(start + length, GOOD.length());
        String damaged = GOOD.substring(0, start) + String.join("", shreds) + GOOD.substring(end);
        AuthorizationHeader.parse(damaged)
                .ifPresent(header -> assertThat(header.username()).isNotNull());
    }

    @Property
    void whateverIsWritten_isReadBack(
            @ForAll("values") String username,
            @ForAll("values") String nonce,
            @ForAll("values") String uri,
            @ForAll("values") String cnonce,
            @ForAll("values") String nc,
            @ForAll Random random) {
        AuthorizationHeader header =
                new AuthorizationHeader(username, "MMS Public API", nonce, uri, nc, cnonce, "0123456789abcdef");
        assertThat(AuthorizationHeader.parse(write(header, random))).contains(header);
    }

    @Provide
    Arbitrary<List<String>> shreds() {
        return Arbitraries.of(
                        "\"", "\\", ",", "=", " ", "\t", "auth", "qop=", "nc", "nonce=\"", "\0", "\u00ff", "\u0100")
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a0', '\u00ff')
                .ofMaxLength(40);
    }

    /** Any order, any case of names, any space around the marks, quotes where they are needed or not. */
    private static String write(AuthorizationHeader header, Random random) {
        List<String> parameters = new ArrayList<>();
        parameters.add(parameter("username", header.username(), random));
        parameters.add(parameter("realm", header.realm(), random));
        parameters.add(parameter("nonce", header.nonce(), random));
        parameters.add(parameter("uri", header.uri(), random));
        parameters.add(parameter("nc", header.nc(), random));
        parameters.add(parameter("cnonce", header.cnonce(), random));
        parameters.add(parameter("qop", "auth", random));
        parameters.add(parameter("response", header.response(), random));
        Collections.shuffle(parameters, random);
        return "Digest" + space(random) + " " + String.join(space(random) + "," + space(random), parameters);
    }

    private static String parameter(String name, String value, Random random) {
        boolean needsQuotes = value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == ',' || c == '"');
        String written = needsQuotes || random.nextBoolean()
                ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : value;
        String cased = random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
        return cased + space(random) + "=" + space(random) + written;
    }

    private static String space(Random random) {
        return " \t ".substring(0, random.nextInt(4));
    }
}
