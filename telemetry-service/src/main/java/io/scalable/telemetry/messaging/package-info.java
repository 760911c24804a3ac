/**
 * Kafka's side: batches of records in, unusable ones out to the dead letters. One thread; offsets
 * are committed after a batch is stored, so a batch may come again.
 */
@NullMarked
package io.scalable.telemetry.messaging;

import org.jspecify.annotations.NullMarked;
