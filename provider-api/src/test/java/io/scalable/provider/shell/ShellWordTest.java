package io.scalable.provider.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** A real shell says what it takes the words for. */
class ShellWordTest {

    @Property(tries = 200)
    void aShellTakesAnyTextAsOneWordAsItIs(
            @ForAll @CharRange(from = 1, to = 127) @StringLength(max = 20) String text)
            throws Exception {
        assertThat(echoed(ShellWord.of(text))).isEqualTo("1:" + text);
    }

    @Test
    void textsOfOtherScriptsAreKept() throws Exception {
        assertThat(echoed(ShellWord.of("Überraschung 雪"))).isEqualTo("1:Überraschung 雪");
        assertThat(echoed(ShellWord.of(""))).isEqualTo("1:");
    }

    @Test
    void plainWordsStayReadable() {
        assertThat(ShellWord.command(List.of("java", "-cp", "/a/b.jar", "it's")))
                .isEqualTo("java -cp /a/b.jar 'it'\\''s'");
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> ShellWord.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String echoed(String word) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
        try (var in = shell.getOutputStream()) {
            String script = "set -- " + word + "\nprintf '%s:%s' \"$#\" \"$1\"\n";
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(out).isZero();
        return out;
    }
}
