package io.scalable.provider;

import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Running;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Workers that are only remembered. They behave as their component's name says. */
final class FakeBackend implements WorkerBackend {

    private final Map<String, WorkerStatus> workers = new LinkedHashMap<>();
    private final Set<String> stubborn = new LinkedHashSet<>();
    private boolean unavailable;
    private boolean broken;
    private boolean useless;
    private String reason = "no answer";
    private int terminations;

    void unavailable(boolean value) {
        unavailable = value;
    }

    /** It cannot be listed until a person has changed something. */
    void refuses(String why) {
        unavailable = true;
        useless = true;
        reason = why;
    }

    /** Each look throws what nobody foresaw. */
    void broken(boolean value) {
        broken = value;
    }

    /** How often a worker was asked to end. */
    int terminations() {
        return terminations;
    }

    void set(String workerId, WorkerStatus status) {
        workers.put(workerId, status);
    }

    Set<String> alive() {
        var alive = new LinkedHashSet<>(workers.keySet());
        alive.removeIf(id -> workers.get(id) instanceof Exited);
        return alive;
    }

    @Override
    public void launch(LaunchOrder order) {
        String id = order.workerId();
        switch (order.component().name()) {
            case ProviderStage.BROKEN ->
                    workers.put(id, new Exited(1, false, "exit 1", "it is broken"));
            case ProviderStage.SLOW -> workers.put(id, new Running("fake", false));
            case ProviderStage.STUBBORN -> {
                stubborn.add(id);
                workers.put(id, new Running("fake", true));
            }
            default -> workers.put(id, new Running("fake", true));
        }
    }

    @Override
    public void cancel(String workerId) {
        if (workers.get(workerId) instanceof Running running && !running.ready()) {
            end(workerId, 143);
        }
    }

    @Override
    public void terminate(String workerId) {
        terminations++;
        if (!stubborn.contains(workerId)) {
            end(workerId, 0);
        }
    }

    @Override
    public void kill(String workerId) {
        end(workerId, 137);
    }

    /** The worker does not end when it is asked to. */
    void stubborn(String workerId) {
        stubborn.add(workerId);
    }

    void end(String workerId, int code) {
        boolean ready = workers.get(workerId) instanceof Running running && running.ready();
        workers.put(workerId, new Exited(code, ready, "exit " + code, null));
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        if (unavailable) {
            throw new BackendUnavailableException(reason, useless, null);
        }
        if (broken) {
            throw new IllegalStateException("the listing is no table");
        }
        return Map.copyOf(workers);
    }

    @Override
    public void forget(String workerId) {
        workers.remove(workerId);
    }

    @Override
    public void close() {}
}
