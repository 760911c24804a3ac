package io.scalable.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerConfigsTest {

    @Test
    void theGraceLeavesTimeToLeave() {
        assertThat(WorkerConfigs.grace(Duration.ofSeconds(120))).hasSeconds(115);
        assertThat(WorkerConfigs.grace(Duration.ofSeconds(30))).hasSeconds(25);
        assertThat(WorkerConfigs.grace(Duration.ofSeconds(6))).hasSeconds(3);
    }
}
