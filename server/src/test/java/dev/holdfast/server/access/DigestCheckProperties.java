package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DigestCheckProperties {
    private final DigestCheck check = new DigestCheck();

    @Property
    void whatAClientSigns_isProven_andNothingElseIs(
            @ForAll("targets") String target,
            @ForAll("targets") String other,
            @ForAll("words") String password,
            @ForAll("words") String guess) {
        AuthorizationHeader header = AuthorizationHeader.parse(
                        new DigestClient("abcdefgh", password).sign("GET", target, "n", "00000001"))
                .orElseThrow();
        Ha1 ha1 = check.ha1("abcdefgh", password);
        assertThat(check.proves(ha1, "GET", target, header)).isTrue();
        assertThat(check.proves(ha1, "HEAD", target, header)).isFalse();
        assertThat(check.proves(ha1, "GET", other, header)).isEqualTo(other.equals(target));
        assertThat(check.proves(check.ha1("abcdefgh", guess), "GET", target, header))
                .isEqualTo(guess.equals(password));
    }

    /** Bytes of a request line, as HTTP hands them out: no spaces, no quotes. */
    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings()
                .withChars("/?&=%+,;:.~!$'()*ab0\u00e4\u00ff")
                .ofMaxLength(30)
                .map(rest -> "/" + rest);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(20);
    }
}
