package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import io.scalable.provider.cloud.kubernetes.ApiProblem.Kind;
import io.scalable.provider.cloud.kubernetes.PodRemoval.Want;
import io.scalable.provider.platform.ReportedWorkers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is done about one pod, told the time. */
class WorkerPodTest {

    private final ReportedWorkers reported = new ReportedWorkers();
    private final LaunchOrder order = Orders.with("{}");
    private final String id = order.workerId();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private WorkerPod worker = new WorkerPod(order, KubernetesPacing.defaults(), reported);

    private PodCall take() {
        PodCall call = worker.due(now);
        assertThat(call).isNotNull();
        worker.calling(call);
        return call;
    }

    private void create() {
        assertThat(take()).isInstanceOf(PodCall.Create.class);
        worker.created("u1", now);
    }

    private WorkerStatus status() {
        return worker.status(null, now);
    }

    private void elapse(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private void ready() {
        boolean unused = reported.heard(new WorkerReady("d", id, "model", 1, 0, "h", 1, null, now));
    }

    private int deleted() {
        PodCall call = take();
        assertThat(call).isInstanceOf(PodCall.Delete.class);
        var delete = (PodCall.Delete) call;
        worker.deleted(delete, now);
        return delete.grace();
    }

    private static Pod terminating(Pod pod, long grace) {
        PodStories.terminating(grace).accept(pod);
        return pod;
    }

    @Test
    void fromOrderToReady() {
        assertThat(status()).isEqualTo(new Pending(null));
        create();
        assertThat(status()).isInstanceOf(Pending.class);
        worker.seen(PodStories.running(), now);
        assertThat(status()).isEqualTo(new Running("pod scalable-d-model-3 on node-1", false));

        ready();

        assertThat(status()).isEqualTo(new Running("pod scalable-d-model-3 on node-1", true));
        assertThat(worker.due(now)).isNull();
    }

    @Test
    void oneTakenBackBeforeItWasCreatedNeverIs() {
        worker.want(Want.CANCEL);

        assertThat(worker.due(now)).isNull();
        assertThat(status()).isInstanceOf(Exited.class);
    }

    @Test
    void anAnswerThatIsLostLeavesItUnknownUntilTriedAgain() {
        take();
        worker.notCreated(new ApiProblem(Kind.UNAVAILABLE, "timed out"), now);

        assertThat(status()).isEqualTo(new Unknown("timed out"));
        assertThat(worker.due(now)).isNull();
        elapse(2);
        assertThat(take()).isInstanceOf(PodCall.Create.class);
        worker.notCreated(new ApiProblem(Kind.TAKEN, "already exists"), now);
        assertThat(take()).isInstanceOf(PodCall.Look.class);
        worker.looked(PodStories.running(), now);
        assertThat(status()).isInstanceOf(Running.class);
    }

    @Test
    void oneThatMayBeThereIsLookedForBeforeItIsTakenBack() {
        take();
        worker.notCreated(new ApiProblem(Kind.UNAVAILABLE, "timed out"), now);
        worker.want(Want.CANCEL);
        elapse(2);

        assertThat(take()).isInstanceOf(PodCall.Look.class);
        worker.looked(PodStories.running(), now);

        assertThat(take()).isEqualTo(new PodCall.Delete("scalable-d-model-3", "u1", 30, true));
    }

    @Test
    void aNameThatSomebodyElseHasIsNotOurs() {
        take();
        worker.notCreated(new ApiProblem(Kind.TAKEN, "already exists"), now);
        take();
        worker.looked(PodStories.pod(pod -> pod.getMetadata().setAnnotations(null)), now);

        assertThat(status())
                .isInstanceOfSatisfying(
                        Exited.class, e -> assertThat(e.message()).contains("somebody else's"));
        assertThat(worker.due(now)).isNull();
    }

    @Test
    void aRefusalEndsItWithTheReason() {
        take();
        worker.notCreated(new ApiProblem(Kind.REFUSED, "spec.x: Invalid"), now);

        assertThat(status())
                .isEqualTo(new Exited(1, false, "worker d-model-3: spec.x: Invalid", null));
    }

    @Test
    void aUsedUpQuotaMakesItWait() {
        take();
        worker.notCreated(new ApiProblem(Kind.LIMIT, "exceeded quota"), now);

        assertThat(status()).isEqualTo(new Pending("exceeded quota"));
        assertThat(worker.toBeCreated()).isTrue();
    }

    @Test
    void aCancelledLaunchThatBecameReadyIsLeftAlone() {
        create();
        worker.seen(PodStories.running(), now);
        ready();
        worker.want(Want.CANCEL);

        assertThat(worker.due(now)).isNull();
    }

    @Test
    void anEndIsAskedForOnceThenKilledThenTakenAway() {
        create();
        worker.seen(PodStories.running(), now);
        ready();
        worker.want(Want.TERMINATE);
        assertThat(deleted()).isEqualTo(30);
        worker.want(Want.TERMINATE);
        assertThat(worker.due(now)).isNull();

        worker.want(Want.KILL);
        assertThat(deleted()).isEqualTo(1);
        worker.seen(terminating(PodStories.running(), 1), now);
        assertThat(worker.due(now)).isNull();
        assertThat(status()).as("still there").isInstanceOf(Running.class);

        elapse(10);
        assertThat(deleted()).as("its node does not answer").isZero();
        worker.gone(PodStories.running());
        assertThat(status()).isInstanceOf(Exited.class);
    }

    @Test
    void aPodThatOutstaysItsEndOnADeadNodeIsTakenAway() {
        create();
        ready();
        Pod pod = terminating(PodStories.running(), 30);
        PodStories.disrupted("DeletionByTaintManager").accept(pod);
        worker.seen(pod, now);
        elapse(89);
        assertThat(worker.due(now)).isNull();
        assertThat(status()).isInstanceOf(Running.class);

        elapse(1);
        assertThat(deleted()).isZero();
        worker.gone(pod);

        assertThat(status())
                .isInstanceOfSatisfying(
                        Exited.class,
                        e -> assertThat(e.cause().toString()).isEqualTo("NODE_FAILURE"));
    }

    @Test
    void anImageThatCannotBePulledIsGivenUpAndSaidWhy() {
        create();
        Pod stuck = PodStories.pod(p -> FakeKubelet.waiting(p, "ImagePullBackOff", "no such"));
        worker.seen(stuck, now);
        elapse(119);
        assertThat(worker.due(now)).isNull();
        assertThat(status())
                .isInstanceOfSatisfying(
                        Pending.class, p -> assertThat(p.reason()).contains("no such"));

        elapse(1);
        assertThat(deleted()).isEqualTo(30);
        worker.gone(stuck);

        assertThat(status())
                .isInstanceOfSatisfying(
                        Exited.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(1);
                            assertThat(e.wasReady()).isFalse();
                            assertThat(e.message()).contains("ImagePullBackOff");
                        });
    }

    @Test
    void anImageThatCanBePulledInTheEndIsNot() {
        create();
        worker.seen(PodStories.pod(p -> FakeKubelet.waiting(p, "ErrImagePull", "away")), now);
        elapse(119);
        worker.seen(PodStories.running(), now);
        elapse(60);

        assertThat(worker.due(now)).isNull();
    }

    @Test
    void oneThatFailsIsToldWithItsLastLines() {
        create();
        worker.seen(PodStories.ended(1, "Error"), now);
        assertThat(status()).isInstanceOf(Unknown.class);

        assertThat(take()).isInstanceOf(PodCall.ReadLog.class);
        worker.logged("out of luck");

        assertThat(status())
                .isInstanceOfSatisfying(
                        Exited.class, e -> assertThat(e.log()).isEqualTo("out of luck"));
        worker.forget();
        assertThat(deleted()).isZero();
        worker.gone(PodStories.ended(1, "Error"));
        assertThat(worker.finished()).isTrue();
    }

    @Test
    void oneThatLeftNeedsNoLog() {
        create();
        worker.seen(PodStories.ended(0, "Completed"), now);

        assertThat(worker.due(now)).isNull();
        assertThat(status())
                .isInstanceOfSatisfying(Exited.class, e -> assertThat(e.wasReady()).isTrue());
    }

    @Test
    void aWorkerFoundRunningIsGivenTimeToBeHeard() {
        worker =
                WorkerPod.found(
                        id, PodStories.running(), KubernetesPacing.defaults(), reported, now);
        worker.want(Want.CANCEL);

        assertThat(worker.due(now)).as("it may be busy").isNull();
        assertThat(status()).isInstanceOf(Unknown.class);
        elapse(15);
        assertThat(status()).isInstanceOf(Running.class);
        assertThat(deleted()).isEqualTo(30);
    }

    @Test
    void aPodThatIsCreatedAndNeverSeenIsLookedFor() {
        create();
        elapse(30);

        assertThat(take()).isInstanceOf(PodCall.Look.class);
        worker.looked(null, now);

        assertThat(status()).isInstanceOf(Exited.class);
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() {
        create();
        worker.seen(PodStories.running(), now);
        worker.want(Want.TERMINATE);
        take();
        worker.failed(now);

        assertThat(worker.due(now)).isNull();
        elapse(2);
        assertThat(deleted()).isEqualTo(30);
    }

    @Test
    void aPodThatIsNotThereAnyMoreNeedsNoDeletion() {
        create();
        worker.seen(PodStories.running(), now);
        worker.want(Want.TERMINATE);
        take();
        worker.absent();

        assertThat(status()).isInstanceOf(Exited.class);
    }
}
