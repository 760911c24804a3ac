/**
 * What workers cost: dated price lists, one worker's price by line items, and what a plan costs.
 *
 * <p>Pure but for {@link io.scalable.provider.cost.PriceList#read}, which reads a file; all types
 * are immutable and may be used by any thread. Invariants: a price is never guessed, so what no
 * list knows is {@link io.scalable.provider.cost.WorkerPrices.Unpriced} with the reason and the way
 * out; what a list holds is 0 or more.
 */
@NullMarked
package io.scalable.provider.cost;

import org.jspecify.annotations.NullMarked;
