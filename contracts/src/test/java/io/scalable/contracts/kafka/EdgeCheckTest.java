package io.scalable.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeCheckTest {

    private static final String LEAST =
            """
            {"type":"SubmitTask","deploymentId":"d","taskId":"t","tag":"shell",
             "work":{"kind":"command","argv":["date"]}%s}
            """;

    @Test
    void aTaskNeedsNoMoreThanWhoAndWhat() {
        assertThatCode(() -> tasks(LEAST.formatted(""))).doesNotThrowAnyException();
        assertThatCode(() -> tasks(LEAST.formatted(",\"timeoutSeconds\":null")))
                .doesNotThrowAnyException();
        assertThatCode(() -> tasks("{'type':'CancelTask','deploymentId':'d','taskId':'t'}"))
                .doesNotThrowAnyException();
    }

    @Test
    void anUnknownFieldIsNoFault() {
        assertThatCode(() -> tasks(LEAST.formatted(",\"remark\":\"mine\"")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nonsense | not JSON
                    [1] | wanted a JSON object, found [1]
                    {"type":"SubmitTusk"} | type: found "SubmitTusk", wanted one of [SubmitTask, CancelTask, CancelAll]
                    {"deploymentId":"d"} | type: found nothing, wanted one of [SubmitTask
                    {"type":"CancelTask","deploymentId":"d"} | not a valid CancelTask: taskId is missing
                    {"type":"CancelTask","deploymentId":"d","taskId":7} | taskId: found 7, wanted string
                    {"type":"SubmitTask","deploymentId":"d","taskId":"t","tag":"s","work":{"kind":"comand","argv":["x"]}} | work.kind: found "comand", wanted one of [handler,command]
                    {"type":"SubmitTask","deploymentId":"d","taskId":"t","tag":"s","work":{"kind":"command","argv":"date"}} | work.argv: found "date", wanted array
                    {"type":"SubmitTask","deploymentId":"d","taskId":"t","tag":"s","work":{"kind":"command"}} | work.argv is missing
                    {"type":"SubmitTask","deploymentId":"d","taskId":"t","tag":"s","retries":"two","work":{"kind":"handler","method":"A::b"}} | retries: found "two", wanted integer
                    """)
    void theReasonNamesTheFieldWhatIsThereAndWhatIsWanted(String json, String reason) {
        assertThatThrownBy(() -> tasks(json))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aScaleRequestWithoutItsWordsIsRefused() {
        assertThatThrownBy(
                        () ->
                                EdgeCheck.check(
                                        Topics.SCALE_REQUESTS,
                                        new RecordHeaders(),
                                        bytes("{'deploymentId':'d','mode':'MORE'}")))
                .hasMessageContaining("component is missing")
                .hasMessageContaining("mode: found \"MORE\", wanted one of [ADD,REMOVE,EXACT]");
    }

    @Test
    void oursAreNotLookedAtNorOtherTopics() {
        var ours = new RecordHeaders(SchemaHeader.of(new CancelTask("d", "t", "why")));

        assertThatCode(() -> EdgeCheck.check(Topics.TASKS, ours, bytes("nonsense")))
                .doesNotThrowAnyException();
        assertThatCode(
                        () ->
                                EdgeCheck.check(
                                        Topics.TASK_EVENTS, new RecordHeaders(), bytes("nonsense")))
                .doesNotThrowAnyException();
        assertThatCode(() -> EdgeCheck.check(Topics.DEPLOYMENTS, new RecordHeaders(), null))
                .doesNotThrowAnyException();
    }

    private static void tasks(String json) {
        EdgeCheck.check(Topics.TASKS, new RecordHeaders(), bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
