package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonCodecTest {

    private static final Instant AT = Instant.parse("2026-01-31T14:25:01.250Z");
    private static final JsonCodec<TaskCommand> COMMANDS = JsonCodec.of(TaskCommand.class);

    @Test
    void aCommandSurvivesTheRoundTrip() {
        var submit =
                new SubmitTask(
                        "run",
                        "run/fit/0",
                        "fit",
                        "forecast",
                        0,
                        new Work.Command(List.of("echo", "a b"), null),
                        Payload.of(IntNode.valueOf(7)),
                        List.of("run/load/*"),
                        1,
                        2,
                        30.0,
                        null);

        assertThat(COMMANDS.decode(COMMANDS.encode(submit))).isEqualTo(submit);
    }

    @Test
    void aSubmissionWrittenByHandNeedsOnlyWhatMatters() {
        TaskCommand read =
                COMMANDS.decode(
                        """
                        {"type":"SubmitTask","deploymentId":"d","taskId":"d/x/1","tag":"demeter",
                         "work":{"kind":"command","argv":["true"]},"colour":"unknown fields are ignored"}\
                        """);

        assertThat(read)
                .isEqualTo(
                        new SubmitTask(
                                "d",
                                "d/x/1",
                                "demeter",
                                "demeter",
                                0,
                                new Work.Command(List.of("true"), null),
                                Payload.none(),
                                List.of(),
                                0,
                                0,
                                null,
                                null));
    }

    @Test
    void theTypeInTheBodyDecidesTheRecord() {
        assertThat(COMMANDS.encodeToString(new CancelAll("d", true, "stop")))
                .startsWith("{\"type\":\"CancelAll\"");
    }

    @Test
    void eventsAndReportsSurviveTheRoundTrip() {
        var events = JsonCodec.of(TaskEvent.class);
        var failure = new Failure(FailureClass.USER_ERROR, "exit 3", "it said no", "stderr");
        var failed = new TaskFailed("d", "d/x/1", "x", "c", 2, "w", failure, AT);
        assertThat(events.decode(events.encode(failed))).isEqualTo(failed);

        var reports = JsonCodec.of(WorkerReport.class);
        var heartbeat =
                new WorkerHeartbeat(
                        "d",
                        "w",
                        "c",
                        1,
                        0,
                        List.of(new HeldAttempt("d/x/1", 2, true)),
                        false,
                        null,
                        AT);
        assertThat(reports.decode(reports.encode(heartbeat))).isEqualTo(heartbeat);
        var finished =
                new AttemptFinished(
                        "d", "w", "d/x/1", 2, Payload.at(URI.create("file:/x"), 9), null, 0.5, AT);
        assertThat(reports.decode(reports.encode(finished))).isEqualTo(finished);
    }

    @Test
    void aNullResultIsAResult() {
        var reports = JsonCodec.of(WorkerReport.class);
        var finished = new AttemptFinished("d", "w", "d/x/1", 1, Payload.none(), null, 0, AT);

        assertThat(reports.decode(reports.encode(finished))).isEqualTo(finished);
    }

    @Test
    void whatIsNoRecordIsRefusedWithThePlace() {
        assertThatThrownBy(() -> COMMANDS.decode("{\"type\":\"SubmitTask\",\"index\":\"x\"}"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("TaskCommand")
                .hasMessageContaining("line 1, column");
        assertThatThrownBy(() -> COMMANDS.decode("{\"type\":\"Frobnicate\"}"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("Frobnicate");
        assertThatThrownBy(() -> COMMANDS.decode("null"))
                .isInstanceOf(InvalidRecordException.class);
        assertThatThrownBy(() -> COMMANDS.decode(new byte[] {(byte) 0xff, 0}))
                .isInstanceOf(InvalidRecordException.class);
    }
}
