/**
 * Forecasting by itself: models, their fit, the bootstrap and the back-test, on plain arrays.
 *
 * <p>All randomness is handed in. Models have no state; a {@link energy.model.Filter} has and lives
 * for one pass over one series.
 */
@NullMarked
package energy.model;

import org.jspecify.annotations.NullMarked;
