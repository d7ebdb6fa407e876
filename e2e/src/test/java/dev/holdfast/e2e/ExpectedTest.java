package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExpectedTest {
    @Test
    void dots_standForTheRestOfALine_orForLines() {
        assertThat(Expected.matches("a ... c\n", "a b b c  \n")).isTrue();
        assertThat(Expected.matches("a\n...\nz", "a\nb\nc\nz\n")).isTrue();
        assertThat(Expected.matches("a\n...\nz", "a\nz\n")).isTrue();
        assertThat(Expected.matches("...\nz", "z")).isTrue();
    }

    @Test
    void whatIsNotSaid_isNotTakenForIt() {
        assertThat(Expected.matches("a ... c\n", "a b\nc\n"))
                .as("not over the end of a line")
                .isFalse();
        assertThat(Expected.matches("a\n", "a\nb\n")).as("a line more").isFalse();
        assertThat(Expected.matches("a\nb\n", "a\n")).as("a line less").isFalse();
        assertThat(Expected.matches("a.c\n", "abc\n")).as("a dot is a dot").isFalse();
        assertThat(Expected.matches("a\n", "")).isFalse();
    }
}
