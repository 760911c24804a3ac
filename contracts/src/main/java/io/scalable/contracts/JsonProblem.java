package io.scalable.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with JSON, in words for whoever wrote it: Jackson's own, without its settings and
 * with types by their simple names.
 */
public final class JsonProblem {

    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`");
    private static final Pattern SOURCE =
            Pattern.compile("\\[Source: .*?line: (\\d+), column: (\\d+)\\]");
    private static final Pattern TYPE =
            Pattern.compile("\\[(?:\\w+ )+type, class ([\\w.$]+)(?:\\[\\])?[^\\]]*\\]");
    private static final Pattern CLASS =
            Pattern.compile("(?<![\\w.])(?:[a-z][a-z0-9_]*\\.)+(?:[A-Z]\\w*\\$)*([A-Z]\\w*)");

    private JsonProblem() {}

    /** The problem in one sentence, without the place. */
    public static String describe(JsonProcessingException e) {
        String text = String.valueOf(e.getOriginalMessage());
        text = SETTING.matcher(text).replaceAll("");
        text = SOURCE.matcher(text).replaceAll("line $1, column $2");
        text = TYPE.matcher(text).replaceAll("$1");
        return CLASS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    }
}
