package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;

/** Says of a command that ended with another status than 0 what is known. */
final class CommandFailure {

    private CommandFailure() {}

    /**
     * @param program what ran
     * @param status its exit status
     * @param errors the last lines of its standard error; may be empty
     * @param outOfMemory true if the system is known to have killed for lack of memory meanwhile
     */
    static TaskFault of(String program, int status, String errors, boolean outOfMemory) {
        String type = ExitStatus.describe(status);
        String ended = type.startsWith("exit") ? " ended with " : " was ended by ";
        String last = errors.substring(errors.lastIndexOf('\n') + 1);
        String message =
                program
                        + ended
                        + type
                        + (last.isEmpty() ? "" : ": " + last)
                        + cause(status, outOfMemory);
        return new TaskFault(
                new Failure(
                        outOfMemory ? FailureClass.OUT_OF_MEMORY : FailureClass.USER_ERROR,
                        type,
                        Excerpt.head(message),
                        errors.isEmpty() ? null : errors));
    }

    private static String cause(int status, boolean outOfMemory) {
        if (outOfMemory) {
            return " (the system killed it for lack of memory)";
        }
        return ExitStatus.killed(status)
                ? " (not sent by Scalable; often the system's, for lack of memory)"
                : "";
    }
}
