package io.scalable.client;

import java.io.Serializable;

/**
 * A task with one argument, given as a method reference: {@code Forecast::fit}. Serializable only
 * so that the method's name can be read from it.
 *
 * @param <A> the argument, written as JSON
 * @param <R> the result, read from JSON
 */
@FunctionalInterface
public interface TaskFunction<A, R> extends Serializable {
    R apply(A argument) throws Exception;
}
