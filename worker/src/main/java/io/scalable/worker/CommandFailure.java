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
     * @param memory what the system says of killing for lack of memory meanwhile
     */
    static TaskFault of(
            String program, int status, String errors, OutOfMemoryKills.Verdict memory) {
        String type = ExitStatus.describe(status);
        String ended = type.startsWith("exit") ? " ended with " : " was ended by ";
        String last = errors.substring(errors.lastIndexOf('\n') + 1);
        String message =
                program
                        + ended
                        + type
                        + (last.isEmpty() ? "" : ": " + last)
                        + cause(status, memory);
        var failure =
                new Failure(
                        failureClass(memory),
                        type,
                        Excerpt.head(message),
                        errors.isEmpty() ? null : Excerpt.clean(errors));
        boolean strangers =
                memory == OutOfMemoryKills.Verdict.NONE && ExitStatus.endedFromOutside(status);
        return strangers ? TaskFault.signalled(failure) : new TaskFault(failure);
    }

    private static FailureClass failureClass(OutOfMemoryKills.Verdict memory) {
        return switch (memory) {
            case NONE -> FailureClass.USER_ERROR;
            case OWN_LIMIT -> FailureClass.OUT_OF_MEMORY;
            case MACHINE -> FailureClass.NODE_FAILURE;
        };
    }

    private static String cause(int status, OutOfMemoryKills.Verdict memory) {
        return switch (memory) {
            case OWN_LIMIT ->
                    " (the system killed it for lack of memory: the worker's own limit was"
                            + " reached)";
            case MACHINE ->
                    " (the system killed it for lack of memory: the machine's was used up, not the"
                            + " worker's own)";
            case NONE ->
                    ExitStatus.killed(status)
                            ? " (not sent by Scalable; often the system's, for lack of memory)"
                            : "";
        };
    }
}
