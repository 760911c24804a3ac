package io.scalable.client;

import io.scalable.task.TaskContext;
import java.io.Serializable;

/**
 * A task with one argument that wants to know about itself, given as a method reference.
 *
 * @param <A> the argument, written as JSON
 * @param <R> the result, read from JSON
 */
@FunctionalInterface
public interface ContextTaskFunction<A, R> extends Serializable {
    R apply(A argument, TaskContext context) throws Exception;
}
