package io.scalable.dispatcher.messaging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The deployments' own topics in memory: take everything, or no results. */
final class OwnTopicsDouble implements OwnTopics, OwnTopics.Session {

    final List<Outgoing> results = new ArrayList<>();
    final List<Outgoing> assignments = new ArrayList<>();
    final Set<String> forgotten = new HashSet<>();
    boolean missing;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();

    @Override
    public Session session(Ownership.Grant grant) {
        return this;
    }

    @Override
    public void result(String deploymentId, String taskId, Outgoing record) {
        if (missing) {
            failed.add(deploymentId);
            return;
        }
        results.add(record);
        written.add(new Written(deploymentId, taskId));
    }

    @Override
    public void assignments(List<Outgoing> records) {
        assignments.addAll(records);
    }

    @Override
    public void forget(String deploymentId) {
        forgotten.add(deploymentId);
        failed.remove(deploymentId);
    }

    @Override
    public List<Written> takeWritten() {
        var taken = List.copyOf(written);
        written.clear();
        return taken;
    }

    @Override
    public Set<String> takeFailed() {
        if (missing) {
            return Set.of();
        }
        var taken = Set.copyOf(failed);
        failed.clear();
        return taken;
    }

    @Override
    public void close() {}
}
