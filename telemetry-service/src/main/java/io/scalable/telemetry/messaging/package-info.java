/**
 * Kafka's side: batches of records in, undecodable ones out to the dead letters. One thread per
 * channel; offsets are committed after a batch is stored, so a batch may come again.
 */
@NullMarked
package io.scalable.telemetry.messaging;

import org.jspecify.annotations.NullMarked;
