package io.scalable.cli;

import static io.scalable.client.TaskOption.tag;

import io.scalable.client.SlurmCluster;
import io.scalable.client.TaskFuture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A user's program: workers by count, tasks by tag. */
public final class SlurmClusterProgram {

    private SlurmClusterProgram() {}

    public static void main(String[] args) throws InterruptedException {
        try (var cluster =
                SlurmCluster.builder().walltime("00:10:00").networkInterface("lo").build()) {
            cluster.addContainer("square", 1, "256M", Map.of());
            cluster.addWorkers(3, "square");
            List<Integer> numbers = IntStream.range(0, 6).boxed().toList();
            List<TaskFuture<Integer>> futures =
                    cluster.client().map(SdkTasks::square, numbers, tag("square"));
            System.out.println("results " + cluster.client().gather(futures));

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.client().workerCount("square") == 3);
            cluster.removeWorkers(2, "square");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.client().workerCount("square") == 1);
            System.out.println("one worker left");
            try {
                cluster.addContainer("late", 1, "1G", Map.of());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
