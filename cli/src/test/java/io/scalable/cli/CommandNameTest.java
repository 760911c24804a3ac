package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandNameTest {

    @Test
    void aHintCanBePastedWhereTheCommandWasCalled() {
        assertThat(CommandName.of("/opt/scalable", Path.of("/opt/scalable")))
                .isEqualTo("./scalable");
        assertThat(CommandName.of("/opt/scalable", Path.of("/home/me")))
                .isEqualTo("/opt/scalable/scalable");
        assertThat(CommandName.of("/my tools", Path.of("/home/me")))
                .isEqualTo("'/my tools/scalable'");
        assertThat(CommandName.of(null, Path.of("/home/me"))).isEqualTo("scalable");
    }

    @Test
    void wordsWithBlanksAndQuotesAreQuoted() {
        assertThat(CommandName.quoted("a/b-1.c")).isEqualTo("a/b-1.c");
        assertThat(CommandName.quoted("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void storageMayLieInAFolderWithBlanks() {
        assertThat(DeployCommand.storageIn(Path.of("/no such folder"), "words"))
                .hasToString("file:///no%20such%20folder/.scalable/words/");
    }
}
