package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSizeTest {

    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        "1, 512, 1, 512",
        "1, 4096, 1, 4096",
        "0.5, 600, 1, 600",
        "1, 100, 1, 512",
        "1, 4097, 2, 4097",
        "3, 1000, 4, 2048",
        "4, 8192, 4, 8192",
        "2, 20000, 6, 20000",
        "5, 6000, 6, 6000",
        "8, 32768, 8, 32768",
        "1, 32768, 8, 32768"
    })
    void theSmallestSizeThatHoldsItIsTaken(double cpus, long mib, int gotCpus, long gotMib) {
        PoolSize size = PoolSize.of(component(cpus, mib));

        assertThat(size.cpus()).isEqualTo(gotCpus);
        assertThat(size.memoryMib()).isEqualTo(gotMib);
        assertThat(new ValidationReport(size.findings()).ok()).isTrue();
        boolean changed = gotCpus != cpus || gotMib != mib;
        assertThat(!size.findings().isEmpty()).isEqualTo(changed);
    }

    @Test
    void whatIsOtherThanAskedIsSaid() {
        assertThat(new ValidationReport(PoolSize.of(component(3, 1000)).findings()).warnings())
                .containsExactly(
                        "components.model.cpus: Cloud Run gives 1, 2, 4, 6 or 8 cpus, as the memory"
                                + " asks for: 3 becomes 4",
                        "components.model.memory: Cloud Run gives 4 cpus at least 2048 MiB: 1000"
                                + " MiB become that");
    }

    @ParameterizedTest
    @CsvSource({"9, 1000, components.model.cpus", "1, 32769, components.model.memory"})
    void whatIsTooLargeIsRefused(double cpus, long mib, String where) {
        assertThat(new ValidationReport(PoolSize.of(component(cpus, mib)).findings()).errors())
                .contains(where, "use gke");
    }

    @Test
    void theTargetMayGiveAllWorkersASize() {
        var target =
                new TargetSpec(
                        "here",
                        "gcp",
                        null,
                        Map.of("worker_cpu", new IntNode(4), "worker_mem", new IntNode(16384)));

        ComponentSpec asked = PoolSize.asked(component(1, 512), target);

        assertThat(asked.cpus()).isEqualTo(4);
        assertThat(asked.memoryBytes()).isEqualTo(16384 * MIB);
    }

    private static ComponentSpec component(double cpus, long mib) {
        return new ComponentSpec(
                "model",
                null,
                null,
                cpus,
                mib * MIB,
                1,
                new Bounds(0, 1),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }
}
