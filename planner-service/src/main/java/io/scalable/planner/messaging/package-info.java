/**
 * Between Kafka and the domain. Records come in on one worker thread, changes of the assignment on
 * the polling thread; {@link io.scalable.planner.messaging.PlannerLoop} lets in one at a time.
 */
@NullMarked
package io.scalable.planner.messaging;

import org.jspecify.annotations.NullMarked;
