/**
 * What is remembered, and how records change it. Pure: no clock, randomness, I/O or framework.
 *
 * <p>Invariant: folding a record again, or an older one late, changes nothing, as long as the
 * records of one deployment come in partition order.
 */
@NullMarked
package io.scalable.telemetry.domain;

import org.jspecify.annotations.NullMarked;
