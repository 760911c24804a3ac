/**
 * The launch ledger and the lifecycle events on Kafka. Used by one thread each. The client
 * properties are handed in; keys are UTF-8 text, values JSON.
 */
@NullMarked
package io.scalable.provider.kafka;

import org.jspecify.annotations.NullMarked;
