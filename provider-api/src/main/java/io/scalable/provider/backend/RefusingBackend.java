package io.scalable.provider.backend;

import java.util.Map;

/**
 * Stands in for a backend that cannot be had. Every launch is refused with the reason, so that a
 * deployment that cannot run says why through its workers' failures.
 *
 * @param reason what is wrong and what to do, for people
 */
public record RefusingBackend(String reason) implements WorkerBackend {

    @Override
    public void launch(LaunchOrder order) {
        throw new LaunchRefusedException(reason, null);
    }

    @Override
    public void cancel(String workerId) {}

    @Override
    public void terminate(String workerId) {}

    @Override
    public void kill(String workerId) {}

    @Override
    public Map<String, WorkerStatus> observe() {
        return Map.of();
    }

    @Override
    public void forget(String workerId) {}

    @Override
    public void close() {}
}
