package io.scalable.contracts.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a schema's validator found, in words for people. */
final class SchemaProblems {

    private static final int LONGEST = 80;
    private static final Pattern BRANCH = Pattern.compile("(.*/oneOf/\\d+)(/.*)?");

    private SchemaProblems() {}

    /** All problems on one line; empty if there are none. */
    static String describe(Collection<ValidationMessage> found) {
        Set<String> otherKinds =
                found.stream()
                        .filter(m -> m.getType().equals("const"))
                        .map(SchemaProblems::branch)
                        .collect(Collectors.toSet());
        List<ValidationMessage> told =
                found.stream()
                        .filter(m -> !m.getType().equals("oneOf"))
                        .filter(m -> branch(m).isEmpty() || !otherKinds.contains(branch(m)))
                        .toList();
        return (told.isEmpty() ? found : told)
                .stream().map(SchemaProblems::text).distinct().collect(Collectors.joining("; "));
    }

    /** Which alternative of a choice the problem is about; empty for none. */
    private static String branch(ValidationMessage message) {
        Matcher matcher = BRANCH.matcher(message.getEvaluationPath().toString());
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String text(ValidationMessage message) {
        String at = message.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
        JsonNode found = message.getInstanceNode();
        String field = at.isEmpty() ? "the record" : at;
        return switch (message.getType()) {
            case "required" ->
                    (at.isEmpty() ? "" : at + ".") + message.getProperty() + " is missing";
            case "type" ->
                    "%s: found %s, wanted %s".formatted(field, shown(found), wanted(message));
            case "enum", "const" ->
                    "%s: found %s, wanted one of %s"
                            .formatted(field, shown(found), wanted(message));
            default -> field + ": " + message.getError() + ", found " + shown(found);
        };
    }

    private static String wanted(ValidationMessage message) {
        JsonNode wanted = message.getSchemaNode().path(message.getType());
        return wanted.isMissingNode()
                ? message.getSchemaNode().toString().replace("\"", "")
                : wanted.toString().replace("\"", "");
    }

    /** A value, cut to what fits a line. */
    static String shown(@Nullable JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "nothing";
        }
        String text = node.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
