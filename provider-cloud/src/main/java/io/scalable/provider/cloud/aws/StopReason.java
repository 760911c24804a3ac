package io.scalable.provider.cloud.aws;

import io.scalable.contracts.task.FailureClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a task means for its worker. Pure.
 *
 * @param kind whether it is an end at all
 * @param code the exit status; 0 says that the worker left as it was told to
 * @param cause who took it away; null where it ended by itself
 * @param message what happened and what to do, for people
 */
record StopReason(Kind kind, int code, @Nullable FailureClass cause, String message) {

    /** What follows from it. */
    enum Kind {
        /** The worker has ended. */
        ENDED,
        /** There was no room for it, and it never ran: the launch may be tried again. */
        NO_CAPACITY
    }

    private static final int SIGTERM = 143;
    private static final int SIGKILL = 137;

    private static final String ROUTES =
            " need a route to the services of AWS: assign_public_ip: true in a public subnet, a NAT"
                    + " gateway, or VPC endpoints";

    /** What {@code task}, which has ended, tells. */
    static StopReason of(EcsTask task) {
        EcsTask.Stop stop =
                task.stop() == null ? new EcsTask.Stop("", "", null, "", "") : task.stop();
        String text = stop.reason() + (stop.container().isEmpty() ? "" : "; " + stop.container());
        String said = task.describe() + ": " + (text.isBlank() ? "stopped" : text);
        int code = stop.exitCode() == null ? 1 : stop.exitCode();
        if (stop.code().equals("SpotInterruption") || stop.code().equals("TerminationNotice")) {
            return ended(1, FailureClass.PREEMPTED, said);
        }
        if (text.contains("OutOfMemory")) {
            return ended(
                    failing(code, SIGKILL),
                    FailureClass.OUT_OF_MEMORY,
                    said + "; give the component more memory");
        }
        if (stop.code().equals("UserInitiated")) {
            return byHand(stop, code, said);
        }
        if (task.startedAt() == null && noCapacity(text)) {
            return new StopReason(Kind.NO_CAPACITY, 1, null, said);
        }
        if (nodesFault(text)) {
            return ended(1, FailureClass.NODE_FAILURE, said);
        }
        if (stop.exitCode() != null) {
            String words = code == 0 ? said : said + ", exit status " + code;
            return ended(code, null, words + hint(stop, text));
        }
        return ended(1, null, said + hint(stop, text));
    }

    /** True if ECS says that it has no room at present. */
    static boolean noCapacity(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return small.startsWith("resource:")
                || small.contains("capacity is unavailable")
                || small.contains("insufficient capacity")
                || small.contains("no container instances were found")
                || small.contains("reached the limit on the number of");
    }

    private static StopReason byHand(EcsTask.Stop stop, int code, String said) {
        if (stop.reason().startsWith(Ownership.STOPPED_BY)) {
            int status = stop.exitCode() == null ? SIGTERM : code;
            return ended(status, null, said);
        }
        return ended(failing(code, SIGTERM), FailureClass.PREEMPTED, "by somebody else, " + said);
    }

    private static boolean nodesFault(String text) {
        return text.startsWith("Host EC2")
                || text.contains("maintenance on the underlying infrastructure")
                || text.contains("Fargate agent")
                || text.contains("unexpected EC2 error");
    }

    private static String hint(EcsTask.Stop stop, String text) {
        if (text.contains("CannotPullContainer")) {
            return ". An image cannot be pulled; the worker's is '"
                    + stop.image()
                    + "'. Check its name and runtime_image, that the execution role may read the"
                    + " registry, and that the subnets"
                    + ROUTES;
        }
        if (text.contains("ResourceInitializationError")) {
            return ". The subnets"
                    + ROUTES
                    + "; the execution role needs ssm:GetParameters for the broker's secret and"
                    + " logs:CreateLogStream, logs:PutLogEvents and, for a log_group that is not"
                    + " there, logs:CreateLogGroup";
        }
        if (text.contains("CannotStartContainer") || text.contains("CannotCreateContainer")) {
            return ". The worker's program cannot be started in image '"
                    + stop.image()
                    + "': it needs glibc and the same kind of processor as the runtime's image";
        }
        return "";
    }

    private static int failing(int code, int otherwise) {
        return code == 0 || code == 1 ? otherwise : code;
    }

    private static StopReason ended(int code, @Nullable FailureClass cause, String message) {
        return new StopReason(Kind.ENDED, code, cause, message);
    }
}
