/** Demand, scale plans and scale requests: what the planner reads and writes. */
@NullMarked
package io.scalable.contracts.scaling;

import org.jspecify.annotations.NullMarked;
