package io.scalable.telemetry.store;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store could not be read or written. The message is for people: what was tried and what kind
 * of fault it was, without SQL and without values; the cause has the rest.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the fault lies with. */
    public enum Fault {
        /** The database is away, full or busy: the same will work later. */
        DATABASE,
        /** The data: the same fails again. */
        DATA
    }

    private static final Map<String, String> KINDS =
            Map.of(
                    "08", "it cannot be reached",
                    "57", "it is shutting down or starting",
                    "53", "it has no room, memory or connections left",
                    "58", "it has trouble with its disk",
                    "40", "two writers met",
                    "25", "it takes no writes",
                    "28", "it refuses the user or password");

    private static final Map<String, String> DATA =
            Map.of(
                    "22021", "a text holds a character that the database cannot hold",
                    "22008", "a time is beyond what the database can hold",
                    "22007", "a time is beyond what the database can hold",
                    "22003", "a number is beyond what the database can hold",
                    "22001", "a text is longer than the database can hold",
                    "23502", "a required value is missing",
                    "23505", "a row with the same key is there",
                    "54000", "an id or name is longer than the database can index");

    private final Fault fault;

    StoreException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    StoreException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** The exception for what a database answered while {@code what} was tried. */
    static StoreException of(String what, SQLException cause) {
        Fault fault = fault(cause.getSQLState());
        return new StoreException(fault, what + ": " + words(cause.getSQLState()), cause);
    }

    public Fault fault() {
        return fault;
    }

    /**
     * What a fault lies with. A state that tells nothing counts as the database's: data are given
     * up only where the database says that they are at fault.
     */
    static Fault fault(@Nullable String state) {
        return switch (kind(state)) {
            case "21", "22", "23", "54" -> Fault.DATA;
            default -> Fault.DATABASE;
        };
    }

    private static String words(@Nullable String state) {
        String code = state == null ? "no code" : "code " + state.toUpperCase(Locale.ROOT);
        String known = DATA.get(state == null ? "" : state);
        if (known != null) {
            return known + " (" + code + ")";
        }
        return fault(state) == Fault.DATA
                ? "the database refuses the data (" + code + ")"
                : "the database does not serve us: "
                        + KINDS.getOrDefault(kind(state), "it gives no reason")
                        + " ("
                        + code
                        + ")";
    }

    private static String kind(@Nullable String state) {
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }
}
