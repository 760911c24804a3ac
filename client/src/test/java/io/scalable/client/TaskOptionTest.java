package io.scalable.client;

import static io.scalable.client.TaskOption.name;
import static io.scalable.client.TaskOption.priority;
import static io.scalable.client.TaskOption.retries;
import static io.scalable.client.TaskOption.tag;
import static io.scalable.client.TaskOption.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskOptionTest {

    @Test
    void optionsArePutTogetherAndTheLastOfAKindCounts() {
        var settings =
                TaskSettings.of(
                        tag("a"),
                        retries(2),
                        timeout(Duration.ofMillis(1500)),
                        priority(3),
                        name("fit"),
                        tag("b"));

        assertThat(settings).isEqualTo(new TaskSettings("b", "fit", 2, 3, 1.5));
    }

    @Test
    void withoutOptionsThereIsNeitherRetryNorTimeout() {
        assertThat(TaskSettings.of()).isEqualTo(new TaskSettings(null, null, 0, 0, null));
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> retries(-1)).hasMessageContaining("retries must be 0 or more");
        assertThatThrownBy(() -> timeout(Duration.ZERO)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> name("../x")).hasMessageContaining("found '../x'");
    }
}
