/**
 * The host of the machines: a Kafka Streams processor that reads commands from topics, keeps rows
 * in a store with a changelog, and carries out decisions. One processor for each partition, one
 * thread at a time in each; all deployments of a partition are with the same one.
 *
 * <p>Order within a decision: rows, events, results, assignments, demand.
 */
@NullMarked
package io.scalable.dispatcher.messaging;

import org.jspecify.annotations.NullMarked;
