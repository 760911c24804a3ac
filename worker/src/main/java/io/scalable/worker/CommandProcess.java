package io.scalable.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running command with everything that it started. */
final class CommandProcess {

    /** Between asking to end and killing; shorter than the patience with handlers. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final StartedProcess process;

    /** Knows when the process began, so that no later one of the same id is taken for it. */
    private final Optional<ProcessHandle> leader;

    private final Optional<ProcessGroups> groups;

    CommandProcess(StartedProcess process, Optional<ProcessGroups> groups) {
        this.process = process;
        this.leader = ProcessHandle.of(process.pid());
        this.groups = groups;
        groups.ifPresent(g -> g.own(process.pid()));
    }

    /**
     * Its exit status. Nothing that it started runs on after this, also when the current thread is
     * interrupted: then all are asked to end, and killed after a grace.
     */
    int await() throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            terminate();
            throw e;
        } finally {
            groups.ifPresent(g -> g.end(process.pid()));
        }
    }

    /** Kills all of it now. */
    void kill() {
        // A child that left the group is still found below its parent, as long as that lives.
        List<ProcessHandle> tree = tree();
        groups.ifPresent(g -> g.end(process.pid()));
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private void terminate() {
        List<ProcessHandle> tree = tree();
        groups.ifPresentOrElse(
                g -> g.terminate(process.pid()), () -> tree.forEach(ProcessHandle::destroy));
        // The group may not be there yet if the command has only just been started.
        leader.ifPresent(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(
                            tree.stream()
                                    .map(ProcessHandle::onExit)
                                    .toArray(CompletableFuture[]::new))
                    .get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            tree.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            // Stopped a second time: no more grace.
            tree.forEach(ProcessHandle::destroyForcibly);
        }
        tree().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> tree() {
        return leader.stream()
                .flatMap(first -> Stream.concat(first.descendants(), Stream.of(first)))
                .toList();
    }
}
