package io.scalable.telemetry.store;

import io.scalable.contracts.Limits;
import io.scalable.telemetry.domain.History;
import io.scalable.telemetry.domain.Touched;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text as every database can hold it. PostgreSQL takes no NUL in a text, and no key of more than
 * some 2,700 bytes in an index.
 */
final class StoredText {

    /** Characters of a message, stack, reason or log that are kept. */
    static final int MOST_CHARACTERS = Limits.HISTORY_TEXT_CHARS;

    /** Characters of an id or name; a deployment's and another at three bytes each fit a key. */
    static final int LONGEST_ID = Limits.ID_CHARS;

    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';
    private static final String CUT = " ... (cut)";

    private StoredText() {}

    /** The text with what replaces a NUL, and without what is too long. */
    static String of(String text) {
        return text.indexOf(NUL) < 0 ? text : text.replace(NUL, REPLACEMENT);
    }

    /** The same for texts that people read: very long ones are cut. */
    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, MOST_CHARACTERS - CUT.length()) + CUT;
    }

    /**
     * Refuses ids that cannot be keys.
     *
     * @throws StoreException if one is too long or holds a NUL
     */
    static void checkIds(Touched touched) {
        touched.deployments().forEach(StoredText::checkId);
        touched.named().forEach(StoredText::checkId);
        Stream.concat(touched.tasks().stream(), touched.workers().stream())
                .forEach(
                        (History.Key key) -> {
                            checkId(key.deploymentId());
                            checkId(key.id());
                        });
    }

    private static void checkId(String id) {
        if (id.length() > LONGEST_ID) {
            throw refused(id, "has " + id.length() + " characters, at most " + LONGEST_ID);
        }
        if (id.indexOf(NUL) >= 0) {
            throw refused(id, "holds a NUL; that");
        }
    }

    private static StoreException refused(String id, String what) {
        String shown = of(id.substring(0, Math.min(40, id.length())));
        return new StoreException(
                StoreException.Fault.DATA, "the id '" + shown + "...' " + what + " can be stored");
    }
}
