package dev.holdfast.contract.publicapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.trouble.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorJsonTest {
    @Test
    void parameterThatLooksLikeAPlaceIsNotFilledAgain() {
        assertThat(ErrorCode.HOST_NOT_FOUND.detail("{1}", "g")).isEqualTo("No host with ID {1} exists in group g.");
    }

    @Test
    void placesMayStandInAnyOrderInTheText() {
        assertThat(ErrorCode.CONFIG_RESTORE_JOB_NOT_FOUND.detail("job", "host"))
                .isEqualTo("Config server host has no restore job job.");
    }

    @Test
    void everyTextTakesItsPlacesAndHasNoOtherBrace() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.detail("A", "B", "C")).as(code.name()).doesNotContain("{", "}");
        }
    }

    @Test
    void refusalBecomesTheFiveDocumentedFieldsInAlphabeticalOrder() {
        ErrorJson document = new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "/nope").document();
        assertThat(text(document))
                .isEqualTo("{\"detail\":\"No such resource: /nope\",\"error\":404,\"errorCode\":\"RESOURCE_NOT_FOUND\","
                        + "\"parameters\":[\"/nope\"],\"reason\":\"Not Found\"}");
    }

    @Test
    void withoutParametersTheArrayIsEmpty() {
        assertThat(text(new Refusal(ErrorCode.INVALID_JSON).document())).contains("\"parameters\":[]");
    }

    @Test
    void statusWithoutADocumentedCodeHasThreeFields() {
        assertThat(text(ErrorJson.ofStatus(415, "d")))
                .isEqualTo("{\"detail\":\"d\",\"error\":415,\"reason\":\"Unsupported Media Type\"}");
    }

    private static String text(ErrorJson document) {
        return new String(ApiJson.write(document, false), StandardCharsets.UTF_8);
    }
}
