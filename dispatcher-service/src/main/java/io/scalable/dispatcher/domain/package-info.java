/**
 * The life of every task of one deployment, as a pure state machine: {@link
 * io.scalable.dispatcher.domain.DispatcherMachine} takes a command and the time, and answers with
 * events, results, assignments and the rows that changed. No clock, no randomness, no I/O.
 *
 * <p>Rows are the state: {@link io.scalable.dispatcher.domain.DeploymentState#apply} is the only
 * way to change it, and everything else in here (queues, graph, loads, counts) is an index that the
 * rows give again. A machine is used by one thread at a time.
 *
 * <p>Invariants: a task ends once; only the worker that holds the current attempt can move it; a
 * draining worker gets no lease.
 */
@NullMarked
package io.scalable.dispatcher.domain;

import org.jspecify.annotations.NullMarked;
