package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "3",
                "\"x\"",
                "[]",
                "[1,",
                "{",
                "{}}",
                "{} {}",
                "{}x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,}",
                "{\"a\":{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\\u0000\":1}",
                "// x\n{}",
                "{\"a\":1]"
            })
    void whatIsNotOneObjectIsRefused(String body) {
        assertThat(refusal(body).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"snapshotId":"s","delivery":{"methodName":"HTTP" "maxDownloads":1}} | delivery
            {"delivery":{"a":1,"a":2}}                                           | delivery
            {"delivery":{"a":[1,2}}                                              | delivery
            {"delivery":{"a":                                                    | delivery
            {"b":1,"a":xyz}                                                      | a
            {"b":1,"a":01}                                                       | a
            {"a":"x\\y"}                                                         | a
            {"a":"x\\u0000"}                                                     | a
            {"a":{"b":["\\ud800"]}}                                              | a
            {"a"}                                                                | a
            {"a":NaN}                                                            | a
            """)
    void slipInAnAttributeIsReportedOnIt(String body, String attribute) {
        Refusal refusal = refusal(body.replace("\\\\", "\\"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON_ATTRIBUTE);
        assertThat(refusal.parameters()).containsExactly(attribute);
    }

    @Test
    void placeOfTheSlipIsTold() {
        assertThat(refusal("{\n  \"a\":1,\n  b\n}")).hasMessageContaining("line 3, column");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(refusal("{\"a\":" + "[".repeat(10_000)).code()).isEqualTo(ErrorCode.INVALID_JSON_ATTRIBUTE);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"a\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(catchThrowableOfType(Refusal.class, () -> JsonBody.parse(body))
                        .code())
                .isEqualTo(ErrorCode.INVALID_JSON);
        byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(catchThrowableOfType(Refusal.class, () -> JsonBody.parse(wide))
                        .code())
                .isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void byteOrderMarkAndPairedSurrogatesAreFine() {
        assertThat(JsonBody.parse("\ufeff{\"a\":\"\ud83d\ude00\"}".getBytes(StandardCharsets.UTF_8))
                        .get("a")
                        .textValue())
                .isEqualTo("\ud83d\ude00");
    }

    private static Refusal refusal(String body) {
        return catchThrowableOfType(Refusal.class, () -> JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)));
    }
}
