package io.scalable.client;

import io.scalable.task.TaskContext;
import java.io.Serializable;
import java.util.List;

/**
 * A task that needs the results of others and wants to know about itself, given as a method
 * reference.
 *
 * @param <A> the argument, written as JSON
 * @param <B> the others' result
 * @param <R> the result, read from JSON
 */
@FunctionalInterface
public interface ContextGatherFunction<A, B, R> extends Serializable {
    R apply(A argument, List<B> results, TaskContext context) throws Exception;
}
