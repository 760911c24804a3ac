package io.scalable.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.Deployments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {

    private static final ComponentSpec COMPONENT =
            Deployments.aDeployment("d").pool("a", 1).build().components().getFirst();

    private final List<String> command =
            WorkerJvm.command(
                    "/jdk/bin/java",
                    with(2.5, 1024L * 1024 * 1024),
                    List.of("-Dmore=yes"),
                    "a.jar:$(b).jar",
                    WorkerJvm.MAIN,
                    Path.of("/runs/it's.json"));

    @Test
    void theHeapIsFourFifthsOfTheComponentsMemory() {
        assertThat(command).contains("-Xmx819m");
    }

    @Test
    void partOfACoreCountsAsOne() {
        assertThat(command).contains("-XX:ActiveProcessorCount=3");
    }

    @Test
    void theWordsAreThoseOfAJvm() {
        assertThat(command)
                .startsWith("/jdk/bin/java")
                .containsSequence("-Dmore=yes", "-cp", "a.jar:$(b).jar")
                .endsWith("io.scalable.worker.WorkerMain", "/runs/it's.json");
    }

    private static ComponentSpec with(double cpus, long memoryBytes) {
        return new ComponentSpec(
                COMPONENT.name(),
                null,
                null,
                cpus,
                memoryBytes,
                1,
                COMPONENT.bounds(),
                null,
                List.of(),
                COMPONENT.env(),
                COMPONENT.mounts(),
                List.of(),
                null);
    }
}
