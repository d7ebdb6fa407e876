package dev.holdfast.documentation.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FenceTest {
    @Test
    void commands_areRun_unlessAReasonIsGiven() {
        assertThat(Fence.parse("bash").run()).isTrue();
        assertThat(Fence.parse("sh run").run()).isTrue();
        Fence not = Fence.parse("bash no-run=\"needs a mongod\"");
        assertThat(not.run()).isFalse();
        assertThat(not.commands()).isTrue();
        assertThat(not.reason()).isEqualTo("needs a mongod");
        assertThat(not.problems()).isEmpty();
        assertThat(Fence.parse("hocon").commands()).isFalse();
    }

    @Test
    void nothingElseKeepsACommandFromBeingRun() {
        for (String info : new String[] {
            "bash no-run",
            "bash no-run=\"\"",
            "bash no-run=\" \"",
            "bash norun=\"x\"",
            "bash no-run=x",
            "bash x y",
            "bash output"
        }) {
            Fence fence = Fence.parse(info);
            assertThat(fence.problems()).as(info).isNotEmpty();
            assertThat(fence.run()).as(info).isTrue();
        }
    }

    @Test
    void commandsUnderAnotherName_andFencesWithoutAny_areRefused() {
        assertThat(Fence.parse("console").problems()).isNotEmpty();
        assertThat(Fence.parse("shell").problems()).isNotEmpty();
        assertThat(Fence.parse("").problems()).isNotEmpty();
    }

    @Test
    void output_isAWordOfText() {
        assertThat(Fence.parse("text output").output()).isTrue();
        assertThat(Fence.parse("text").output()).isFalse();
        assertThat(Fence.parse("json output").problems()).isNotEmpty();
    }
}
