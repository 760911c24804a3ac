package io.scalable.contracts.task;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed attempt.
 *
 * @param failureClass why it failed
 * @param type the exception's class name, or {@code exit 3}, {@code signal 9}
 * @param message what went wrong, for people
 * @param stack the worker's stack trace, or the last lines of standard error; null where there is
 *     none
 */
public record Failure(
        FailureClass failureClass, String type, String message, @Nullable String stack) {}
