package io.scalable.client;

/**
 * How a task ended, for programs that go on when some tasks fail; see {@link
 * ScalableClient#gatherOutcomes}.
 *
 * @param <R> what the task returns
 */
public sealed interface TaskOutcome<R> {

    /** True if it succeeded. */
    default boolean succeeded() {
        return this instanceof Succeeded;
    }

    /**
     * It succeeded.
     *
     * @param value what it returned; null where it returned nothing
     */
    record Succeeded<R>(R value) implements TaskOutcome<R> {}

    /**
     * It did not.
     *
     * @param why a {@link TaskFailedException} if it failed for good, a {@link
     *     java.util.concurrent.CancellationException} if it was cancelled, else what kept its
     *     result from being had
     */
    record Failed<R>(RuntimeException why) implements TaskOutcome<R> {}
}
