package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Limits;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.TaskEntry;
import io.scalable.dispatcher.domain.TaskStatus;

/**
 * A row that can be written. What holds a user's words is encoded when it is decided, so that what
 * cannot be written is found before anything has changed; what is made of numbers and checked ids,
 * and changes with every step of a task, when it is written.
 */
sealed interface EncodedRow {

    /** The row as it is stored. */
    byte[] json();

    /**
     * Makes a row writable.
     *
     * @throws InvalidRecordException if it is larger than a record may be
     */
    static EncodedRow of(Row row) {
        boolean later =
                switch (row) {
                    case TaskEntry task ->
                            task.account().failures().isEmpty() && !hasWords(task.status());
                    case Row.PendingResult _, Row.Outcomes _, Row.OutcomeOf _ -> true;
                    default -> false;
                };
        if (later) {
            return new Later(row);
        }
        byte[] json = RowMapping.encode(row);
        if (json.length > Limits.OWN_RECORD_BYTES - Limits.RECORD_OVERHEAD_BYTES) {
            throw new InvalidRecordException(
                    "the row %s would have %d bytes, %d are accepted"
                            .formatted(
                                    row.key(),
                                    json.length,
                                    Limits.OWN_RECORD_BYTES - Limits.RECORD_OVERHEAD_BYTES),
                    null);
        }
        return new Now(json);
    }

    /** True if its status tells why something happened. */
    private static boolean hasWords(TaskStatus status) {
        return switch (status) {
            case TaskStatus.Running running -> running.doubt() != null;
            case TaskStatus.Ended end -> end.reason() != null || end.reference() != null;
            default -> false;
        };
    }

    /**
     * Encoded already.
     *
     * @param json the bytes
     */
    record Now(byte[] json) implements EncodedRow {}

    /**
     * Encoded when it is written.
     *
     * @param row small, and of nothing that JSON cannot say
     */
    record Later(Row row) implements EncodedRow {
        @Override
        public byte[] json() {
            return RowMapping.encode(row);
        }
    }
}
