package io.scalable.cli;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTextTest {

    private final DeploymentView spec =
            DeploymentView.living(
                    aDeployment()
                            .id("words")
                            .provider("slurm")
                            .hostedBy("login1")
                            .pool("text", 2)
                            .build());

    @Test
    void aHostThatNobodyServesIsTold() {
        var condition = new DeploymentCondition(null, List.of(), List.of(), null);

        assertThat(ConditionText.of(spec, "text", condition))
                .containsExactly(
                        "Nobody serves its provider host 'login1', so no worker is launched: start"
                                + " it, or deploy again with another --provider-host.",
                        "Pool text has no plan yet: the planner has not decided on it.");
    }

    @Test
    void whatTasksWaitForAndNobodyHasSubmittedIsNamed() {
        var missing = List.of(new MissingNeed("words/x/0", 3), new MissingNeed("words/y/0", 1));
        var condition = new DeploymentCondition(null, List.of(), missing, List.of("slurm"));

        assertThat(ConditionText.of(spec, "text", condition))
                .containsExactly(
                        "3 tasks wait for words/x/0, which nobody has submitted.",
                        "1 task waits for words/y/0, which nobody has submitted.",
                        "Its provider host 'login1' lives.",
                        "Pool text has no plan yet: the planner has not decided on it.");
    }

    @Test
    void whatIsSetAsideComesFirst() {
        var aside = new DeploymentSetAside("words", "login1", "no such queue", START);
        var plan =
                new ScalePlan(
                        "words",
                        3,
                        List.of(new PoolPlan("text", 2, "4 ready", "tasks")),
                        1,
                        null,
                        null,
                        null,
                        START);
        var condition =
                new DeploymentCondition(plan, List.of(aside), List.of(), List.of("local", "slurm"));

        assertThat(ConditionText.of(spec, "text", condition))
                .containsExactly(
                        "Set aside by login1 since "
                                + START
                                + ": no such queue. Publish the deployment anew, or undeploy it,"
                                + " to release it.",
                        "Its provider host 'login1' lives.",
                        "2 workers wanted since " + START + ": 4 ready (bound by tasks).");
    }
}
