package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.estimate.Economics;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DecideFilterTest {

    private static final String START =
            """
            {"type":"start","kind":"dag","objective":"balance","interval_s":2,
             "provider":{"name":"local","typical_start_s":1.0},
             "pools":[{"pool":"fit","min_workers":0,"max_workers":4,"price":1}],
             "tasks":[{"id":0,"pool":"fit","parents":[]},{"id":1,"pool":"fit","parents":[0]}]}
            """;

    private static final String FIRST =
            """
            {"type":"observe","now_s":0.0,"pools":[{"pool":"fit","ready":1,"blocked":1,"alive":0,
             "draining":0,"running_s":[],"idle":[],"starting":[],"completed_s":[],
             "started_after_s":[]}],"tasks_started":[],"tasks_done":[]}
            """;

    private static final String DONE =
            """
            {"type":"observe","now_s":9.0,"pools":[{"pool":"fit","ready":0,"blocked":0,"alive":1,
             "draining":0,"running_s":[],"idle":[{"worker":7,"idle_s":1,"billed_s":9}],
             "starting":[],"completed_s":[2.0,3.0],"started_after_s":[1.0]}],
             "tasks_started":[0,1],"tasks_done":[0,1]}
            """;

    private final DecideFilter filter =
            new DecideFilter(Economics.of("local"), null, Policy.AGGRESSIVE);

    @Test
    void aReadyTaskGetsAWorkerAndNoTaskLeavesNone() throws IOException {
        assertThat(filter.accept(START)).isEmpty();
        assertThat(pool(FIRST).path("desired").asInt()).isEqualTo(1);
        assertThat(pool(FIRST).path("reasons").asText()).contains("1 task ready");
        assertThat(pool(DONE).path("desired").asInt()).isZero();
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThatThrownBy(() -> filter.accept("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> filter.accept(FIRST))
                .hasMessageContaining("before the 'start' line");
        assertThatThrownBy(() -> filter.accept("{\"type\":\"stop\"}"))
                .hasMessageContaining("found 'stop'");
        assertThatThrownBy(() -> filter.accept("{\"type\":\"start\",\"kind\":\"dag\"}"))
                .hasMessageContaining("\"pools\"");
    }

    private JsonNode pool(String line) throws IOException {
        String answer = filter.accept(line).orElseThrow();
        return Json.mapper().readTree(answer).path("pools").get(0);
    }
}
