package io.scalable.provider;

import io.scalable.contracts.worker.Launch;
import io.scalable.provider.reconcile.WorkerRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One deployment's part of the launch ledger. A worker's entry is forgotten when nothing is left of
 * it, but the entry of a pool's newest worker stays until there is a newer one or the deployment
 * ends: it keeps ids from being used twice.
 */
final class LaunchRecords {

    private final String deploymentId;
    private final LaunchLedger ledger;
    private final Map<String, Launch> entries = new LinkedHashMap<>();

    /** Workers of which a write failed: the ledger may have it all the same. */
    private final Set<String> unsure = new HashSet<>();

    /**
     * @param known what the ledger has of the deployment
     */
    LaunchRecords(String deploymentId, LaunchLedger ledger, Collection<Launch> known) {
        this.deploymentId = deploymentId;
        this.ledger = ledger;
        known.forEach(launch -> entries.put(launch.workerId(), launch));
    }

    /** The backend is about to be asked for workers. */
    void intend(List<WorkerRef> workers, Instant now) {
        write(workers, Launch.Step.INTENDED, null, now);
        forget(
                entries.values().stream()
                        .filter(entry -> entry.step() == Launch.Step.GONE && !newest(entry))
                        .map(Launch::workerId)
                        .toList());
    }

    /** The backend has the worker; {@code place} is null while it does not run. */
    void launched(WorkerRef worker, @Nullable String place, Instant now) {
        Launch before = entries.get(worker.workerId());
        boolean known =
                before != null
                        && before.step() == Launch.Step.LAUNCHED
                        && Objects.equals(before.place(), place);
        if (!known) {
            write(List.of(worker), Launch.Step.LAUNCHED, place, now);
        }
    }

    /** The backend is about to be asked to end workers. */
    void ending(List<WorkerRef> workers, Instant now) {
        write(workers, Launch.Step.ENDING, null, now);
    }

    /** Nothing is left of the worker. */
    void gone(WorkerRef worker, Instant now) {
        Launch entry = entries.get(worker.workerId());
        if (entry != null && newest(entry)) {
            write(List.of(worker), Launch.Step.GONE, null, now);
        } else {
            forget(List.of(worker.workerId()));
        }
    }

    /** Nothing is left of the deployment. */
    void forgetAll() {
        var all = new LinkedHashSet<>(entries.keySet());
        all.addAll(unsure);
        forget(List.copyOf(all));
    }

    private boolean newest(Launch entry) {
        return entries.values().stream()
                .noneMatch(
                        other ->
                                other.component().equals(entry.component())
                                        && other.ordinal() > entry.ordinal());
    }

    private void write(
            List<WorkerRef> workers, Launch.Step step, @Nullable String place, Instant now) {
        var launches = new ArrayList<Launch>();
        for (WorkerRef worker : workers) {
            launches.add(
                    new Launch(
                            deploymentId,
                            worker.component(),
                            worker.workerId(),
                            worker.ordinal(),
                            step,
                            place,
                            now));
        }
        if (!launches.isEmpty()) {
            launches.forEach(launch -> unsure.add(launch.workerId()));
            ledger.write(launches);
            launches.forEach(
                    launch -> {
                        unsure.remove(launch.workerId());
                        entries.put(launch.workerId(), launch);
                    });
        }
    }

    private void forget(List<String> workerIds) {
        if (!workerIds.isEmpty()) {
            ledger.forget(workerIds);
            workerIds.forEach(
                    id -> {
                        unsure.remove(id);
                        entries.remove(id);
                    });
        }
    }
}
