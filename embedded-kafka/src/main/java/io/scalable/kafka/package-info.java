/**
 * A Kafka broker inside the JVM: KRaft mode, one node that is broker and controller. The standalone
 * and the tests use it; {@link io.scalable.kafka.EmbeddedKafka} is the way in.
 *
 * <p>Whoever connects authenticates, on loopback too. The broker's threads are its own; all public
 * methods may be called from any thread.
 */
@NullMarked
package io.scalable.kafka;

import org.jspecify.annotations.NullMarked;
