/**
 * The workflow's tasks and what travels between them.
 *
 * <p>{@link energy.Forecast} fits one scenario, {@link energy.Summary} gathers the scenarios of one
 * source, {@link energy.FanChart} draws them all. Tasks share nothing but their arguments and
 * results, which are plain records; every class is free of state and safe in any number of threads.
 */
@NullMarked
package energy;

import org.jspecify.annotations.NullMarked;
