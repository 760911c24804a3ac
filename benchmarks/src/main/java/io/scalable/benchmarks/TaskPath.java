package io.scalable.benchmarks;

import static io.scalable.client.TaskOption.tag;

import io.scalable.client.ScalableClient;
import io.scalable.client.ScalableSession;
import io.scalable.client.TaskFuture;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Throughput and latency of no-op tasks through the standalone control plane: manifest, Kafka,
 * dispatcher, worker, result. Every result is gathered and checked.
 */
public final class TaskPath {

    private static final PrintStream OUT = System.out;

    private TaskPath() {}

    /** {@code TaskPath manifest [sizes...]}: by default 1,000, then 10,000 three times. */
    public static void main(String... args) throws Exception {
        Path manifest = Path.of(args[0]);
        int[] sizes =
                args.length > 1
                        ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
                        : new int[] {1_000, 10_000, 10_000, 10_000};
        long start = System.nanoTime();
        try (ScalableSession session = ScalableSession.fromYaml(manifest, "local");
                ScalableClient client = session.start()) {
            gather(client, 1);
            print("start to first result  %8.2f s", seconds(start));
            for (int size : sizes) {
                long begin = System.nanoTime();
                Duration before = processorTime();
                gather(client, size);
                double each = processorTime().minus(before).toNanos() / 1e6 / size;
                print(
                        "%,9d tasks        %8.0f tasks/s, %.2f ms of processor time each",
                        size, size / seconds(begin), each);
            }
            latency(client, 500);
        }
    }

    private static void gather(ScalableClient client, int count) throws Exception {
        List<TaskFuture<Integer>> futures =
                client.map(NoOp::same, IntStream.range(0, count).boxed().toList(), tag("noop"));
        List<Integer> results = client.gather(futures);
        for (int i = 0; i < count; i++) {
            if (results.get(i) != i) {
                throw new IllegalStateException("task " + i + " returned " + results.get(i));
            }
        }
    }

    /** One task at a time on an idle system, from submit to result. */
    private static void latency(ScalableClient client, int count) throws Exception {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            client.submit(NoOp::same, i, tag("noop")).get();
            millis[i] = seconds(begin) * 1_000;
        }
        Arrays.sort(millis);
        print(
                "one at a time          p50 %.1f ms, p99 %.1f ms",
                millis[count / 2], millis[count * 99 / 100]);
    }

    /** That of this program, its control plane and their processes until now. */
    private static Duration processorTime() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void print(String format, Object... values) {
        OUT.println(String.format(Locale.ROOT, format, values));
    }
}
