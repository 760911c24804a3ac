package io.scalable.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        assertThat(PrintableText.line("\033[31mred\007 \u009b2J \r\nnext"))
                .isEqualTo("\\u001b[31mred\\u0007 \\u009b2J \\r\\nnext");
    }

    @Test
    void textThatReadsInAnotherOrderThanItIsWrittenIsShown() {
        assertThat(PrintableText.line("a\u202eb")).isEqualTo("a\\u202eb");
    }

    @Test
    void linesStayLinesWhereTheyAreWanted() {
        assertThat(PrintableText.lines("a\n\tb\033c")).isEqualTo("a\n\tb\\u001bc");
    }

    @Test
    void ordinaryTextOfAnyLanguageStaysAsItIs() {
        String text = "Z\u00fcrich \u6771\u4eac \ud83d\ude00 e\u0301";
        assertThat(PrintableText.line(text)).isSameAs(text);
    }
}
