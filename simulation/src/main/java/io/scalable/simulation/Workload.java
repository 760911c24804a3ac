package io.scalable.simulation;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.testkit.ADeployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random deployment and its tasks: some groups in a graph, wired by group or item by item; in
 * some deployments the graph is not declared and its tasks have ids of their own.
 *
 * @param spec the deployment as it is published first
 * @param tasks all tasks, in the order they are submitted in
 */
record Workload(DeploymentSpec spec, List<SubmitTask> tasks) {

    static final String DEPLOYMENT = "sim";
    static final String HOST = "host";

    private static final List<String> POOLS = List.of("fit", "post");
    private static final int MOST_WORKERS = 4;

    static Workload of(Schedule schedule) {
        boolean declared = !schedule.oneIn(4);
        int pools = schedule.between(1, POOLS.size());
        var deployment =
                ADeployment.aDeployment()
                        .id(DEPLOYMENT)
                        .hostedBy(HOST)
                        .createdAt(Schedule.START)
                        .objective(Objective.values()[schedule.between(0, 2)])
                        .policy(schedule.oneIn(2) ? Policy.SAFE : Policy.AGGRESSIVE)
                        .maxWorkers(schedule.between(2, 5));
        if (schedule.oneIn(3)) {
            deployment.provider("slurm").deadline(schedule.between(90, 240));
        }
        for (int p = 0; p < pools; p++) {
            int slots = schedule.oneIn(3) ? 2 : 1;
            int minimum = schedule.oneIn(3) ? 1 : 0;
            deployment.pool(POOLS.get(p), minimum, schedule.between(1, MOST_WORKERS), slots, null);
        }
        var tasks = new ArrayList<SubmitTask>();
        int groups = schedule.between(1, 4);
        var counts = new int[groups];
        for (int g = 0; g < groups; g++) {
            String pool = POOLS.get(schedule.between(0, pools - 1));
            counts[g] = schedule.between(1, g == 0 ? 14 : 6);
            int parent = g == 0 ? -1 : schedule.between(-1, g - 1);
            Double expect = schedule.oneIn(2) ? Double.valueOf(schedule.between(1, 6)) : null;
            String[] needs = parent < 0 ? new String[0] : new String[] {name(parent)};
            if (declared) {
                deployment.tasks(name(g), pool, counts[g], expect, needs);
            }
            boolean byGroup = declared && schedule.oneIn(2);
            for (int i = 0; i < counts[g]; i++) {
                List<String> wants =
                        parent < 0
                                ? List.of()
                                : byGroup
                                        ? List.of(DEPLOYMENT + "/" + name(parent) + "/*")
                                        : some(schedule, parent, counts[parent]);
                tasks.add(task(schedule, name(g), pool, i, wants, expect));
            }
        }
        if (schedule.oneIn(3)) {
            // Children may be submitted before what they need.
            Collections.shuffle(tasks, new Random(schedule.between(0, Integer.MAX_VALUE - 1)));
        }
        return new Workload(deployment.build(), List.copyOf(tasks));
    }

    private static String name(int group) {
        return "g" + group;
    }

    private static List<String> some(Schedule schedule, int parent, int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            if (schedule.oneIn(2) || i == count - 1 && ids.isEmpty()) {
                ids.add(Ids.taskId(DEPLOYMENT, name(parent), i));
            }
        }
        return ids;
    }

    private static SubmitTask task(
            Schedule schedule,
            String name,
            String pool,
            int index,
            List<String> needs,
            @Nullable Double expect) {
        return new SubmitTask(
                DEPLOYMENT,
                Ids.taskId(DEPLOYMENT, name, index),
                name,
                pool,
                index,
                new Work.Handler("samples.Tasks::run"),
                Payload.of(IntNode.valueOf(index)),
                needs,
                schedule.between(0, 2),
                schedule.between(0, 2),
                null,
                expect);
    }
}
