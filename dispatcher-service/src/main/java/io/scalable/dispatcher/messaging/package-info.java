/**
 * The host of the machines: a Kafka Streams processor that reads commands from topics, keeps rows
 * in a store with a changelog, and carries out decisions. One processor for each partition, one
 * thread at a time in each; all deployments of a partition are with the same one.
 *
 * <p>A decision is encoded whole before any of it is written. Rows reach their changelog at the
 * next commit, after events and demand; results and assignments go at once, by a producer of their
 * own. So a restarted dispatcher may know less than its predecessor said, and reads its inputs
 * again before it acts.
 */
@NullMarked
package io.scalable.dispatcher.messaging;

import org.jspecify.annotations.NullMarked;
