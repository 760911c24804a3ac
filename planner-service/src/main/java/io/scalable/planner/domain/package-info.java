/**
 * The planner service as a pure state machine: what is read goes in as a {@link
 * io.scalable.planner.domain.PlannerInput}, what is to be written comes out as a {@link
 * io.scalable.planner.domain.PlannerOutput}. No clock, no I/O, no framework; one thread at a time.
 */
@NullMarked
package io.scalable.planner.domain;

import org.jspecify.annotations.NullMarked;
