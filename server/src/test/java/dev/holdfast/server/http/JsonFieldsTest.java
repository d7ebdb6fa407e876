package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    private enum Colour {
        RED
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            3                    | 3
            "3"                  | 3
            3.0                  | 3
            "3.0"                | 3
            "+3."                | 3
            -3                   | -3
            3e2                  | 300
            9223372036854775807  | 9223372036854775807
            "9223372036854775807"| 9223372036854775807
            """)
    void wholeNumberMayBeWrittenInManyWays(String json, long value) {
        assertThat(fields("{\"n\":" + json + "}").number("n")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "x"                   | INVALID_JSON_ATTRIBUTE
            ""                    | INVALID_JSON_ATTRIBUTE
            1.5                   | INVALID_JSON_ATTRIBUTE
            "1.5"                 | INVALID_JSON_ATTRIBUTE
            "1e9"                 | INVALID_JSON_ATTRIBUTE
            true                  | INVALID_JSON_ATTRIBUTE
            {}                    | INVALID_JSON_ATTRIBUTE
            [1]                   | INVALID_JSON_ATTRIBUTE
            9223372036854775808   | INVALID_ATTRIBUTE
            "9223372036854775808" | INVALID_ATTRIBUTE
            1e999999999           | INVALID_ATTRIBUTE
            1e300                 | INVALID_ATTRIBUTE
            """)
    void whatIsNoWholeNumberIsRefused(String json, ErrorCode code) {
        assertRefused("{\"n\":" + json + "}", fields -> fields.number("n"), code, "n");
    }

    @Test
    void signsAreRefusedByTheirOwnCodes() {
        assertRefused("{\"n\":0}", f -> f.positiveNumber("n"), ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, "n");
        assertRefused("{\"n\":-1}", f -> f.notNegativeNumber("n"), ErrorCode.ATTRIBUTE_NEGATIVE, "n");
        assertThat(fields("{\"n\":0}").notNegativeNumber("n")).isZero();
        assertThat(fields("{}").positiveNumber("n")).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2018-12-01, 2018-12-01T00:00:00Z
            2018-12-01T10:20, 2018-12-01T10:20:00Z
            2018-12-01T10:20:30, 2018-12-01T10:20:30Z
            2018-12-01T10:20:30Z, 2018-12-01T10:20:30Z
            2018-12-01T10:20:30.25Z, 2018-12-01T10:20:30.250Z
            2018-09-27T16:00-04:00, 2018-09-27T20:00:00Z
            2018-09-27T16:00:01-0400, 2018-09-27T20:00:01Z
            2018-09-27T16:00+01, 2018-09-27T15:00:00Z
            """)
    void dateMayLeaveOutZoneAndSeconds(String text, Instant date) {
        assertThat(fields("{\"d\":\"" + text + "\"}").date("d")).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2018-13-01",
                "2018-02-30",
                "2018-12-01Z",
                "2018-12-01T25:00",
                "20181201",
                "2018-12-01 10:20",
                "+999999999-12-31T00:00Z",
                "2018-12-01.5"
            })
    void whatIsNoDateIsRefused(String text) {
        assertRefused("{\"d\":\"" + text + "\"}", fields -> fields.date("d"), ErrorCode.INVALID_ATTRIBUTE, "d");
    }

    @Test
    void dateMustBeAString() {
        assertRefused("{\"d\":5}", fields -> fields.date("d"), ErrorCode.INVALID_JSON_ATTRIBUTE, "d");
    }

    @Test
    void booleanMayBeAString() {
        assertThat(fields("{\"b\":true}").flag("b")).isTrue();
        assertThat(fields("{\"b\":\"false\"}").flag("b")).isFalse();
        assertThat(fields("{\"b\":null}").flag("b")).isNull();
        assertRefused("{\"b\":1}", fields -> fields.flag("b"), ErrorCode.INVALID_JSON_ATTRIBUTE, "b");
    }

    @Test
    void enumValueIsNamedWhenItIsNone() {
        assertThat(fields("{\"c\":\"RED\"}").constant("c", Colour.class)).isEqualTo(Colour.RED);
        assertRefused("{\"c\":\"red\"}", f -> f.constant("c", Colour.class), ErrorCode.INVALID_ENUM_VALUE, "red");
    }

    @Test
    void nestedAttributesAreNamedWithDots() {
        assertRefused(
                "{\"delivery\":{\"maxDownloads\":0}}",
                fields -> fields.object("delivery").positiveNumber("maxDownloads"),
                ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO,
                "delivery.maxDownloads");
    }

    /** Contract file 01, section 4: a mistyped sub-document is reported on its parent. */
    @Test
    void wrongShapeInASubDocumentIsReportedOnTheSubDocument() {
        assertRefused(
                "{\"delivery\":{\"maxDownloads\":\"x\"}}",
                fields -> fields.object("delivery").number("maxDownloads"),
                ErrorCode.INVALID_JSON_ATTRIBUTE,
                "delivery");
        assertThatThrownBy(() -> fields("{\"delivery\":{\"maxDownloads\":\"x\"}}")
                        .object("delivery")
                        .number("maxDownloads"))
                .hasMessageContaining("delivery.maxDownloads");
        assertRefused("{\"delivery\":3}", f -> f.object("delivery"), ErrorCode.INVALID_JSON_ATTRIBUTE, "delivery");
    }

    @Test
    void unknownAttributesAreRefusedAlsoInNestedObjects() {
        JsonFields fields = fields("{\"a\":1,\"b\":{\"c\":1,\"d\":2}}");
        fields.ignore("a");
        fields.object("b").ignore("c");
        Refusal refusal = catchThrowableOfType(Refusal.class, fields::refuseUnknown);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE);
        assertThat(refusal.parameters()).containsExactly("b.d");
        fields.object("b").ignore("d");
        fields.refuseUnknown();
    }

    @Test
    void readOnlyAttributesAreRefusedEvenWhenNull() {
        assertRefused("{\"id\":null}", fields -> fields.readOnly("id"), ErrorCode.ATTRIBUTE_READ_ONLY, "id");
    }

    @Test
    void requiredTextIsNotBlank() {
        assertRefused("{\"t\":\" \"}", fields -> fields.requiredText("t"), ErrorCode.MISSING_ATTRIBUTE, "t");
        assertRefused("{}", fields -> fields.requiredText("t"), ErrorCode.MISSING_ATTRIBUTE, "t");
        assertRefused("{\"t\":5}", fields -> fields.requiredText("t"), ErrorCode.INVALID_JSON_ATTRIBUTE, "t");
    }

    @Test
    void listHoldsNothingButStrings() {
        assertThat(fields("{\"l\":[\"a\",\"b\"]}").texts("l")).containsExactly("a", "b");
        assertRefused("{\"l\":[\"a\",1]}", fields -> fields.texts("l"), ErrorCode.INVALID_JSON_ATTRIBUTE, "l");
        assertRefused("{\"l\":\"a\"}", fields -> fields.texts("l"), ErrorCode.INVALID_JSON_ATTRIBUTE, "l");
    }

    private static void assertRefused(String json, Function<JsonFields, ?> read, ErrorCode code, String parameter) {
        JsonFields fields = fields(json);
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> {
            Object unused = read.apply(fields);
            assertThat(unused).as("nothing was refused").isNull();
        });
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.parameters()).containsExactly(parameter);
    }

    private static JsonFields fields(String json) {
        return JsonFields.of(JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
