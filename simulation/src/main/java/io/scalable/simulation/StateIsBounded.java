package io.scalable.simulation;

import io.scalable.contracts.worker.Launch;
import io.scalable.dispatcher.domain.Row;

/** Nothing is kept that nobody needs: of open tasks while there are some, of the dead for a day. */
final class StateIsBounded implements Invariant {

    private static final int DEPLOYMENT_AND_POOLS = 3;

    private boolean silent;

    @Override
    public void settled(World world) {
        long specs =
                world.dispatcher.rows().stream().filter(Row.TaskSpec.class::isInstance).count();
        if (specs > 0) {
            throw broken(specs + " specs of tasks are kept although all have ended");
        }
        long gone =
                world.provider.ledger().stream()
                        .filter(launch -> launch.step() == Launch.Step.GONE)
                        .count();
        if (gone > DEPLOYMENT_AND_POOLS) {
            throw broken(gone + " workers that are gone are in the launch ledger");
        }
    }

    @Override
    public void over(World world) {
        silent = world.backend.alive().isEmpty();
        int rows = world.dispatcher.rows().size();
        if (rows > 1) {
            throw broken(
                    "the dispatcher keeps rows of an ended deployment: " + world.dispatcher.rows());
        }
    }

    @Override
    public void dayAfter(World world) {
        // Whoever was written off while it was alive goes on to say so, and is remembered for a day
        // from then on.
        int rows = world.dispatcher.rows().size();
        if (rows > 0 && silent) {
            throw broken("the dispatcher keeps " + rows + " rows a day after the end");
        }
    }
}
