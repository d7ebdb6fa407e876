package dev.holdfast.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputTest {
    private static final Columns COLUMNS = Columns.of("ID=id", "OF=hostId|clusterId", "LINK=delivery.statusName");

    @Test
    void table_hasHeadings_andADashForWhatIsNotThere() throws Exception {
        assertThat(list(
                        Output.TABLE,
                        "[{\"id\":\"a\",\"clusterId\":\"c\"},{\"id\":\"bbb\",\"hostId\":\"h\",\"clusterId\":null,"
                                + "\"delivery\":{\"statusName\":\"READY\"}}]"))
                .isEqualTo("ID   OF  LINK\na    c   -\nbbb  h   READY\n");
        assertThat(list(Output.TABLE, "[]")).isEqualTo("none\n");
        assertThat(list(Output.JSON, "[]")).isEqualTo("[ ]\n");
        assertThat(list(Output.YAML, "[]")).isEqualTo("[]\n");
    }

    @Test
    void nameWithEscapes_cannotSteerTheTerminal() throws Exception {
        assertThat(list(Output.TABLE, "[{\"id\":\"a\\u001b[2Jb\\n\\u202ec\"}]")).contains("a?[2Jb??c");
    }

    @Test
    void oneDocument_isAFieldALine_orItself() throws Exception {
        String document = "{\"a\":{\"b\":[{\"c\":1},{\"c\":null}]},\"d\":true,\"links\":[{\"rel\":\"self\"}]}";
        assertThat(one(Output.TABLE, document)).isEqualTo("a.b[0].c  1\na.b[1].c  -\nd         true\n");
        assertThat(ApiJson.mapper().readTree(one(Output.JSON, document)))
                .isEqualTo(ApiJson.mapper().readTree(document));
    }

    @Test
    void yaml_isBlocks_withTextsQuoted() throws Exception {
        assertThat(one(Output.YAML, "{\"no\":\"yes: #\\\"\",\"list\":[1,{\"x\":{}},[]],\"map\":{\"k\":null}}"))
                .isEqualTo("""
                        "no": "yes: #\\""
                        "list":
                          - 1
                          -
                            "x": {}
                          - []
                        "map":
                          "k": null
                        """);
    }

    private static String list(Output output, String documents) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        ApiJson.mapper().readTree(documents).forEach(all::add);
        StringWriter text = new StringWriter();
        output.list(new PrintWriter(text), all, COLUMNS);
        return text.toString().replace("\r\n", "\n");
    }

    private static String one(Output output, String document) throws Exception {
        StringWriter text = new StringWriter();
        output.one(new PrintWriter(text), ApiJson.mapper().readTree(document));
        return text.toString().replace("\r\n", "\n");
    }
}
