package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

final class AttributesProperties {
    @Property
    void aWholeNumber_readsTheSame_asNumberStringOrDecimal(@ForAll long number) throws Exception {
        for (String json : new String[] {number + "", "\"" + number + "\"", "\"" + number + ".0\""}) {
            assertThat(read(json).wholeNumber("a")).as(json).isEqualTo(number);
        }
    }

    @Property
    void anyString_isAWholeNumberOrIsRefusedByName(@ForAll @StringLength(max = 60) String text) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("a", text);
        try {
            Long number = Attributes.of(node).wholeNumber("a");
            assertThat(new java.math.BigDecimal(text.trim())).isEqualByComparingTo(number + "");
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE);
            assertThat(refusal.parameters()).containsExactly("a");
        }
    }

    @Property
    void anyString_isATimeOrIsRefusedByName(@ForAll @StringLength(max = 60) String text) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("a", text);
        assertThatThrownBy(() -> {
                    Attributes.of(node).time("a");
                    throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "a");
                })
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE));
    }

    @Property
    void aTime_readsBackAsWritten(@ForAll @LongRange(min = 1, max = 253402300798L) long seconds) {
        Instant time = Instant.ofEpochSecond(seconds);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("a", ApiJson.date(time));
        assertThat(Attributes.of(node).time("a")).isEqualTo(time);
    }

    @Property
    void whatIsWrongInsideAnObject_isReportedOnTheObject(@ForAll boolean flag) throws Exception {
        Attributes inner = Attributes.of((ObjectNode) ApiJson.mapper().readTree("{\"d\":{\"a\":[" + flag + "]}}"))
                .object("d");
        assertThatThrownBy(() -> inner.wholeNumber("a")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON_ATTRIBUTE);
            assertThat(refusal.parameters()).containsExactly("d");
            assertThat(refusal).hasMessageContaining("d.a");
        });
    }

    private static Attributes read(String json) throws Exception {
        JsonNode node = ApiJson.mapper().readTree("{\"a\":" + json + "}");
        return Attributes.of((ObjectNode) node);
    }
}
