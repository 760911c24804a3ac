package io.scalable.simulation;

import io.scalable.contracts.worker.Launch;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every worker alive is in the launch ledger; after the end of its deployment none is left. A
 * backend that lists nothing although workers are there has them written off: not judged then.
 */
final class EveryLaunchOwnedOrSwept implements Invariant {

    @Override
    public void settled(World world) {
        if (world.backend.lied()) {
            return;
        }
        Set<String> owned =
                world.provider.ledger().stream()
                        .filter(launch -> launch.step() != Launch.Step.GONE)
                        .map(Launch::workerId)
                        .collect(Collectors.toSet());
        for (PlayedBackend.Job job : world.backend.alive()) {
            if (!owned.contains(job.id())) {
                throw broken(job.id() + " is alive, and nobody's");
            }
        }
    }

    @Override
    public void over(World world) {
        List<String> left = world.backend.alive().stream().map(PlayedBackend.Job::id).toList();
        if (!left.isEmpty() && !world.backend.lied()) {
            throw broken("alive after the end: " + left);
        }
        if (!world.provider.ledger().isEmpty()) {
            throw broken("in the launch ledger after the end: " + world.provider.ledger());
        }
    }
}
