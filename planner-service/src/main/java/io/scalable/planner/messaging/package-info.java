/**
 * Between Kafka and the domain: one thread reads, decides and writes; the producer's own thread
 * only tells what became of a write.
 */
@NullMarked
package io.scalable.planner.messaging;

import org.jspecify.annotations.NullMarked;
