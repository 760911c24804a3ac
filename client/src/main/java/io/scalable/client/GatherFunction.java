package io.scalable.client;

import java.io.Serializable;
import java.util.List;

/**
 * A task that needs the results of others, given as a method reference.
 *
 * @param <A> the argument, written as JSON
 * @param <B> the others' result
 * @param <R> the result, read from JSON
 */
@FunctionalInterface
public interface GatherFunction<A, B, R> extends Serializable {
    R apply(A argument, List<B> results) throws Exception;
}
