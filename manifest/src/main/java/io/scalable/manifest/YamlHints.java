package io.scalable.manifest;

import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words what the parser of YAML complains of, and what to do. */
final class YamlHints {

    /** What the parser's message holds, and what helps then. */
    private static final Map<String, String> HINTS =
            Map.of(
                    "\\t(TAB)",
                    "; indent with blanks, not with tabs",
                    "mapping values are not allowed",
                    "; a blank belongs after the colon of each key, and a text with ': ' in it"
                            + " needs quotes",
                    "<block end>",
                    "; this line is not indented like its neighbours",
                    "cannot start any token",
                    "; a text that begins so needs quotes",
                    "found another document",
                    "; a manifest is one document, without a second '---'");

    private YamlHints() {}

    static String describe(MarkedYamlEngineException e, String text, Position at) {
        String problem = String.valueOf(e.getProblem());
        String context = e.getContext();
        String began =
                e.getContextMark()
                        .map(Position::of)
                        .filter(place -> !place.equals(at))
                        .map(place -> ", begun at " + place)
                        .orElse("");
        String what =
                context == null || context.isBlank() ? problem : context + began + ": " + problem;
        return what.replaceAll(" ?\\(Do not use .* for indentation\\)", "")
                + hint(problem, text, at);
    }

    private static String hint(String problem, String text, Position at) {
        String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
        if (line.contains("${")) {
            // Within braces and brackets YAML takes the brace of a variable for its own.
            return "; between { } and [ ] a ${VAR} needs quotes";
        }
        // The first that fits: a tab is also a character that cannot start a token.
        return problem.contains("TAB")
                ? HINTS.getOrDefault("\\t(TAB)", "")
                : HINTS.entrySet().stream()
                        .filter(entry -> problem.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("");
    }
}
