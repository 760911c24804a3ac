package io.scalable.manifest;

import io.scalable.contracts.ByteOrderMark;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Bytes to YAML nodes, safely: no recursion without end, no bombs, no guessing of encodings. */
final class YamlText {

    /** A manifest's largest size. */
    static final int LARGEST_BYTES = 3 * 1024 * 1024;

    private static final int MOST_ALIASES = 200;

    private YamlText() {}

    /** The root node; null after a problem. */
    static @Nullable Node compose(byte[] bytes, Problems problems) {
        if (bytes.length > LARGEST_BYTES) {
            return refuse(
                    problems,
                    Position.START,
                    "the file is larger than 3 MiB; keep long lists in files of their own:"
                            + " foreach: {lines: items.txt}");
        }
        String text = decode(bytes, problems);
        if (text == null) {
            return null;
        }
        Optional<Node> root = compose(text, problems);
        if (root.isEmpty() && !problems.hasErrors()) {
            return refuse(problems, Position.START, "the manifest is empty; it begins: version: 1");
        }
        return root.orElse(null);
    }

    private static Optional<Node> compose(String text, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setMaxAliasesForCollections(MOST_ALIASES)
                        .build();
        try {
            var parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new Composer(settings, new DepthGuard(parser)).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(Position::of).orElse(Position.START);
            refuse(problems, at, YamlHints.describe(e, text, at));
        } catch (ReaderException e) {
            String character = String.format("U+%04X", e.getCodePoint());
            refuse(problems, position(text, e.getPosition()), "no text: it holds " + character);
        } catch (YamlEngineException e) {
            refuse(problems, Position.START, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** The text; null after a problem, which names the first byte that is none of UTF-8. */
    private static @Nullable String decode(byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        boolean sound =
                decoder.decode(in, out, true).isUnderflow() && decoder.flush(out).isUnderflow();
        String text = out.flip().toString();
        if (sound) {
            return ByteOrderMark.drop(text);
        }
        int bad = bytes[in.position()] & 0xff;
        problems.add(
                Code.E_BAD_YAML,
                "",
                position(text, text.codePointCount(0, text.length())),
                "not a text file in UTF-8: byte 0x%02X; save it as UTF-8".formatted(bad));
        return null;
    }

    private static Position position(String text, int codePoints) {
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().limit(codePoints).toArray()) {
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return new Position(line, column);
    }

    private static @Nullable Node refuse(Problems problems, Position at, String message) {
        problems.add(Code.E_BAD_YAML, "", at, message);
        return null;
    }
}
