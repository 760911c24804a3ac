package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StopReasonTest {

    private static StopReason ran(
            String code, String reason, @Nullable Integer exit, String container) {
        return StopReason.of(Tasks.stopped("w", Instant.EPOCH, code, reason, exit, container));
    }

    private static StopReason neverRan(String code, String reason) {
        return StopReason.of(Tasks.stopped("w", null, code, reason, null, ""));
    }

    @Test
    void anExitStatusIsTheWorkersOwn() {
        StopReason left =
                ran("EssentialContainerExited", "Essential container in task exited", 0, "");
        StopReason failed =
                ran("EssentialContainerExited", "Essential container in task exited", 3, "");

        assertThat(left.code()).isZero();
        assertThat(left.cause()).isNull();
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.cause()).isNull();
        assertThat(failed.message()).contains("exit status 3", "task t-w");
    }

    @Test
    void anInterruptionOfSpotIsPreemption() {
        StopReason why = ran("SpotInterruption", "Your Spot Task was interrupted.", 143, "");

        assertThat(why.cause()).isEqualTo(FailureClass.PREEMPTED);
        assertThat(why.code()).isNotZero();
        assertThat(ran("TerminationNotice", "Spot instance", 0, "").cause())
                .isEqualTo(FailureClass.PREEMPTED);
    }

    @Test
    void aContainerThatTookTooMuchMemoryIsSaidToHave() {
        StopReason why =
                ran(
                        "EssentialContainerExited",
                        "Essential container in task exited",
                        137,
                        "worker: OutOfMemoryError: Container killed due to memory usage");

        assertThat(why.cause()).isEqualTo(FailureClass.OUT_OF_MEMORY);
        assertThat(why.message()).contains("more memory");
    }

    @Test
    void whatWeStoppedOurselvesWasNotTakenAway() {
        String ours = Ownership.STOPPED_BY + "not wanted";

        assertThat(ran("UserInitiated", ours, 143, "").cause()).isNull();
        assertThat(ran("UserInitiated", ours, 0, "").code()).isZero();
        assertThat(ran("UserInitiated", "Task stopped by user", 143, "").cause())
                .isEqualTo(FailureClass.PREEMPTED);
    }

    @Test
    void anImageThatCannotBePulledIsExplained() {
        StopReason why =
                neverRan("TaskFailedToStart", "CannotPullContainerError: not found: x/y:1");

        assertThat(why.cause()).isNull();
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.message()).contains("x/y:1", "image-of-w", "NAT gateway", "execution role");
    }

    @Test
    void resourcesThatCannotBeHadAreExplained() {
        StopReason why =
                neverRan(
                        "TaskFailedToStart",
                        "ResourceInitializationError: unable to pull secrets or registry auth");

        assertThat(why.message()).contains("ssm:GetParameters", "VPC endpoints", "logs:");
    }

    @Test
    void aTaskForWhichThereWasNoRoomHasNotFailed() {
        assertThat(neverRan("TaskFailedToStart", "Capacity is unavailable at this time.").kind())
                .isEqualTo(StopReason.Kind.NO_CAPACITY);
        assertThat(neverRan("TaskFailedToStart", "RESOURCE:MEMORY").kind())
                .isEqualTo(StopReason.Kind.NO_CAPACITY);
        assertThat(ran("EssentialContainerExited", "Capacity is unavailable", 1, "").kind())
                .isEqualTo(StopReason.Kind.ENDED);
    }

    @Test
    void aHostThatWentTookItsWorkerAlong() {
        StopReason why = ran("", "Host EC2 (instance i-1) terminated.", null, "");

        assertThat(why.cause()).isEqualTo(FailureClass.NODE_FAILURE);
    }

    @Test
    void anEndOfWhichNothingIsToldIsAFailure() {
        assertThat(ran("", "", null, "").code()).isEqualTo(1);
    }
}
