/**
 * The little that Java programs on Kafka share: topics and dead letters. Needs {@code
 * kafka-clients}, which this module leaves to its users: records and codecs do without.
 */
@NullMarked
package io.scalable.contracts.kafka;

import org.jspecify.annotations.NullMarked;
