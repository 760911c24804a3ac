package io.scalable.provider;

import io.scalable.contracts.worker.Launch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ledger that lasts as long as its object: for workers that cannot outlive this process. */
public final class InMemoryLaunchLedger implements LaunchLedger {

    private final Map<String, Launch> launches = new LinkedHashMap<>();

    @Override
    public Collection<Launch> read() {
        return List.copyOf(launches.values());
    }

    @Override
    public void write(List<Launch> written) {
        written.forEach(launch -> launches.put(launch.workerId(), launch));
    }

    @Override
    public void forget(List<String> workerIds) {
        workerIds.forEach(launches::remove);
    }
}
