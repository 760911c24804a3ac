package io.scalable.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.topic.Topics;
import io.scalable.testkit.Readiness;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The service against a real broker. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
class PlannerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    Broker broker;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Test
    void itSaysThatItIsReady() {
        assertThat(Readiness.await(readiness)).contains("\"UP\"");
    }

    @Test
    void aDeploymentIsPlannedFollowedAndForgotten() {
        publish("run");
        assertThat(plan("run", 1).desired("fit")).isEqualTo(2);

        report("run", 9, 2, 2);
        assertThat(plan("run", 2).desired("fit")).isEqualTo(4);

        broker.write(Topics.DEPLOYMENTS, "run", null);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(broker.plans("run").getLast()).isEmpty());
    }

    @Test
    void aPersonsRequestIsFollowedWithinTheBounds() {
        publish("asked");
        plan("asked", 1);
        broker.write(
                Topics.SCALE_REQUESTS,
                "asked",
                ScaleRequested.class,
                Given.aRequest("asked", 9, Instant.now()));
        ScalePlan plan = plan("asked", 2);
        assertThat(plan.desired("fit")).isEqualTo(4);
        assertThat(plan.pools().getFirst().bindingConstraint()).isEqualTo("request");
    }

    @Test
    void aRestartGoesOnFromThePlanThatWasPublished() {
        report("before", 9, 2, 2);
        assertThat(plan("before", 8).desired("fit")).isEqualTo(4);
        assertThat(generations("before"))
                .as("the old request is not followed again")
                .containsExactly(7L, 8L);
    }

    @Test
    void aPlanWhoseDeploymentEndedMeanwhileIsForgotten() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(broker.plans("ended").getLast()).isEmpty());
    }

    @Test
    void garbageGoesToTheDeadLettersAndNothingStops() {
        byte[] garbage = "{\"deploymentId\": 7".getBytes(StandardCharsets.UTF_8);
        broker.write(Topics.POOL_DEMAND, "garbage", garbage);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(broker.deadLetters())
                                        .anySatisfy(
                                                d -> {
                                                    assertThat(d.value()).isEqualTo(garbage);
                                                    assertThat(d.reason()).contains("PoolDemand");
                                                    assertThat(d.consumer()).isEqualTo("planner");
                                                }));
        publish("garbage");
        plan("garbage", 1);
    }

    private void publish(String id) {
        broker.write(Topics.DEPLOYMENTS, id, DeploymentSpec.class, Given.aDeployment(id));
    }

    private void report(String id, int ready, int alive, int running) {
        var demand = Given.demand(id, Instant.now(), ready, alive, running);
        broker.write(Topics.POOL_DEMAND, id, PoolDemand.class, demand);
    }

    private ScalePlan plan(String id, long generation) {
        return await().atMost(SOON)
                .until(
                        () ->
                                broker.plans(id).stream()
                                        .flatMap(Optional::stream)
                                        .filter(p -> p.generation() == generation)
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<Long> generations(String id) {
        return broker.plans(id).stream()
                .flatMap(Optional::stream)
                .map(ScalePlan::generation)
                .toList();
    }
}
