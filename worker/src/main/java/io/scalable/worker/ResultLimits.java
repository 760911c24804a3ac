package io.scalable.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Limits;
import java.util.Map;

/**
 * Holds results to {@link Limits}, so that whoever needs one can read it. What a command prints is
 * held to the same while it is read.
 */
final class ResultLimits {

    private static final String TYPE = "result refused";

    private ResultLimits() {}

    /**
     * Looks at a result's size.
     *
     * @param what the result in the user's words
     * @throws TaskFault if it is too large; the message has both sizes
     */
    static void checkSize(String what, long bytes) throws TaskFault {
        if (bytes > Limits.RESULT_BYTES) {
            throw TaskFault.user(
                    "result too large",
                    what
                            + " has "
                            + bytes
                            + " bytes, more than the "
                            + Limits.RESULT_BYTES
                            + " that a result may have: write the data to a file of its own and"
                            + " return its name");
        }
    }

    /**
     * Looks at a result's nesting, numbers and names.
     *
     * @throws TaskFault if one of them is beyond its limit, which the message has
     */
    static void checkForm(JsonNode result) throws TaskFault {
        check(result, Limits.VALUE_DEPTH);
    }

    private static void check(JsonNode value, int levels) throws TaskFault {
        if (value.isContainerNode()) {
            if (levels == 0) {
                throw TaskFault.user(
                        TYPE,
                        "the result is nested deeper than "
                                + Limits.VALUE_DEPTH
                                + " levels of arrays and objects");
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                length("a name in the result", field.getKey().length(), Limits.FIELD_CHARS);
            }
            for (JsonNode inner : value) {
                check(inner, levels - 1);
            }
        } else if (value.isBigInteger() || value.isBigDecimal()) {
            length("a number in the result", value.asText().length(), Limits.NUMBER_CHARS);
        }
    }

    private static void length(String what, int found, int most) throws TaskFault {
        if (found > most) {
            throw TaskFault.user(
                    TYPE, what + " has " + found + " characters, more than the limit of " + most);
        }
    }
}
