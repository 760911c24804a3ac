package io.scalable.simulation;

import static io.scalable.simulation.PlayedDispatcher.shared;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.simulation.Log.Partition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whoever wants the work done: publishes the deployment, submits, cancels, asks for other counts,
 * and takes the first result of each task. Killed, it begins again with what has no result.
 */
final class Driver {

    private static final int ASK_MILLIS = 10_000;

    private final World world;
    private final Partition results = shared(Topics.results(Workload.DEPLOYMENT));
    private final Workload workload;
    private final Map<String, TaskResult> accepted = new LinkedHashMap<>();
    private DeploymentSpec spec;
    private Outbox outbox;
    private int submitted;
    private long position;
    private int life;

    Driver(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
        spec = workload.spec();
        outbox = new Outbox(world);
    }

    void start() {
        if (world.ended()) {
            return;
        }
        outbox = new Outbox(world);
        position = 0;
        submitted = 0;
        publish(spec);
        int mine = ++life;
        world.schedule.after(10, () -> submitSome(mine));
        world.schedule.after(10, () -> follow(mine));
        world.schedule.after(ASK_MILLIS, () -> askForMissing(mine));
    }

    void kill() {
        life++;
        outbox.kill();
        world.trace("driver", Fault.DRIVER_KILLED);
        world.schedule.after(world.schedule.between(500, 5_000), this::start);
    }

    /** True once every task has a result. */
    boolean done() {
        return accepted.size() == workload.tasks().size();
    }

    /** The tasks without a result. */
    List<String> waitsFor() {
        return workload.tasks().stream()
                .map(SubmitTask::taskId)
                .filter(id -> !accepted.containsKey(id))
                .toList();
    }

    /** The spec as it was published last. */
    DeploymentSpec spec() {
        return spec;
    }

    /** Cancels a task, whether it was submitted or not. */
    void cancelSome() {
        SubmitTask task = any();
        command(new CancelTask(Workload.DEPLOYMENT, task.taskId(), "not wanted"));
    }

    /** Asks for other counts of a pool. */
    void scaleSome() {
        int modes = ScaleRequested.Mode.values().length;
        ScaleRequested.Mode mode =
                ScaleRequested.Mode.values()[world.schedule.between(0, modes - 1)];
        scale(any().tag(), mode, world.schedule.between(1, 3));
    }

    /** Asks for a worker of each pool: whoever has asked for none waits for ever. */
    void scaleAll() {
        spec.components().forEach(c -> scale(c.name(), ScaleRequested.Mode.EXACT, 1));
    }

    private void scale(String pool, ScaleRequested.Mode mode, int workers) {
        outbox.send(
                shared(Topics.SCALE_REQUESTS),
                Workload.DEPLOYMENT,
                new ScaleRequested(
                        Workload.DEPLOYMENT,
                        pool,
                        mode,
                        workers,
                        "a person",
                        world.schedule.now()));
    }

    /** Publishes the deployment again, with other bounds. */
    void redeploy() {
        var components = new ArrayList<ComponentSpec>();
        for (ComponentSpec c : spec.components()) {
            var bounds = new Bounds(c.bounds().minimum(), world.schedule.between(1, 4));
            components.add(
                    new ComponentSpec(
                            c.name(),
                            c.image(),
                            c.runtime(),
                            c.cpus(),
                            c.memoryBytes(),
                            c.slots(),
                            bounds,
                            c.workers(),
                            c.tags(),
                            c.env(),
                            c.mounts(),
                            c.classpath(),
                            c.preloadScript()));
        }
        spec = spec.withWork(components, spec.tasks());
        publish(spec);
    }

    /** The deployment's tombstone. */
    void end() {
        life++;
        outbox.flush();
        outbox = new Outbox(world);
        outbox.send(shared(Topics.DEPLOYMENTS), Workload.DEPLOYMENT, null);
    }

    private void publish(DeploymentSpec next) {
        outbox.send(shared(Topics.DEPLOYMENTS), Workload.DEPLOYMENT, next);
    }

    private SubmitTask any() {
        List<SubmitTask> all = workload.tasks();
        return all.get(world.schedule.between(0, all.size() - 1));
    }

    private void command(TaskCommand command) {
        outbox.send(shared(Topics.TASKS), Workload.DEPLOYMENT, command);
    }

    private void submitSome(int mine) {
        if (mine != life) {
            return;
        }
        int most = world.schedule.between(1, 10);
        for (int i = 0; i < most && submitted < workload.tasks().size(); i++, submitted++) {
            SubmitTask task = workload.tasks().get(submitted);
            if (!accepted.containsKey(task.taskId())) {
                command(task);
            }
        }
        if (submitted < workload.tasks().size()) {
            world.schedule.after(world.schedule.between(10, 8_000), () -> submitSome(mine));
        }
    }

    /** Results may have been lost on their way: those that are not there are asked for. */
    private void askForMissing(int mine) {
        if (mine != life) {
            return;
        }
        List<String> missing = waitsFor();
        if (!missing.isEmpty() && submitted == workload.tasks().size()) {
            command(new ResultsWanted(Workload.DEPLOYMENT, missing));
        }
        world.schedule.after(ASK_MILLIS, () -> askForMissing(mine));
    }

    private void follow(int mine) {
        if (mine != life) {
            return;
        }
        Log.Entry next = world.log.read(results, position);
        while (next != null) {
            position = next.offset() + 1;
            if (next.value() instanceof TaskResult result) {
                accepted.putIfAbsent(result.taskId(), result);
            }
            next = world.log.read(results, position);
        }
        world.schedule.after(world.schedule.pause(world.calm(), 50, 300), () -> follow(mine));
    }
}
