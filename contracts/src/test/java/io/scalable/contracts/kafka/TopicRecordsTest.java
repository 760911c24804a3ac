package io.scalable.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Limits;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRecordsTest {

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
    void likeTasksInOneRecordAreTasks() {
        String many =
                """
                {"type":"SubmitTasks","deploymentId":"d","tag":"shell","retries":2,%s
                 "items":[{"taskId":"a","input":{"value":1}},
                          {"taskId":"b","work":{"kind":"command","argv":["date"]},"needs":["a"]}]}
                """;

        TopicRecord record =
                tasks(many.formatted("\"work\":{\"kind\":\"command\",\"argv\":[\"true\"]},"));

        assertThat(((TopicRecord.Present) record).bodies())
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        SubmitTask.class,
                        b -> {
                            assertThat(b.taskId()).isEqualTo("b");
                            assertThat(b.task()).isEqualTo("shell");
                            assertThat(b.retries()).isEqualTo(2);
                            assertThat(b.needs()).containsExactly("a");
                            assertThat(b.work()).isEqualTo(new Work.Command(List.of("date"), null));
                        });
        assertThatThrownBy(() -> tasks(many.formatted("")))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("work: task a says none");
        assertThatThrownBy(() -> tasks(many.formatted("").replaceAll("(?s)\\[.*]", "[]")))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("parts of the record: found 0");
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
                    {"type":"SubmitTusk"} | type: found "SubmitTusk", wanted one of [SubmitTask, SubmitTasks, CancelTask, CancelAll, ResultsWanted]
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
    void aScaleRequestWithoutItsFieldsIsRefused() {
        assertThatThrownBy(
                        () ->
                                TopicRecords.decode(
                                        Topics.SCALE_REQUESTS,
                                        "d",
                                        bytes("{'deploymentId':'d','mode':'MORE'}")))
                .hasMessageContaining("component is missing")
                .hasMessageContaining(
                        "mode: found \"MORE\", wanted one of [ADD,REMOVE,EXACT,AUTO]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "retries":-1 | retries: found -1, wanted 0 to 1000
                    "retries":2000000000 | retries: found 2000000000
                    "retries":1.5 | retries
                    "timeoutSeconds":-1 | timeoutSeconds: found -1.0, wanted a number of seconds above 0
                    "timeoutSeconds":0 | timeoutSeconds: found 0.0
                    "timeoutSeconds":1e400 | timeoutSeconds: found Infinity
                    "expectSeconds":-2 | expectSeconds: found -2.0
                    "needs":[""] | needs is missing
                    "index":-1 | index: found -1
                    "task":"a\\u0000b" | task: found the control character U+0000
                    """)
    void aTaskBeyondALimitIsRefusedWithTheLimit(String field, String reason) {
        assertThatThrownBy(() -> tasks(LEAST.formatted("," + field)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theDepthOfAnInputEndsFarBelowWhatRowsAndLeasesCanHold() {
        String right = "[".repeat(Limits.VALUE_DEPTH) + "]".repeat(Limits.VALUE_DEPTH);
        String deep = "[".repeat(998) + "]".repeat(998);

        assertThatCode(() -> tasks(LEAST.formatted(",\"input\":{\"value\":" + right + "}")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> tasks(LEAST.formatted(",\"input\":{\"value\":" + deep + "}")))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("" + Limits.REPORT_DEPTH);
    }

    @Test
    void namesAndIdsThatAreTooLongAreRefused() {
        String name = "n".repeat(Limits.NAME_CHARS + 1);

        assertThatThrownBy(() -> tasks(LEAST.formatted(",\"task\":\"" + name + "\"")))
                .hasMessageContaining("task: found 201 characters, wanted at most 200");
        assertThatThrownBy(() -> tasks("{'type':'CancelAll','deploymentId':'a/b'}"))
                .hasMessageContaining("deploymentId: found \"a/b\"");
        assertThatThrownBy(
                        () ->
                                tasks(
                                        "{'type':'CancelAll','deploymentId':'a/b\n'}"
                                                .replace("\n", "\\n")))
                .hasMessageContaining("a/b\\n");
    }

    @Test
    void aWorkersPlaceIsWithinItsTopic() {
        String ready =
                "{'type':'WorkerReady','deploymentId':'d','workerId':'w','component':'c','slots':%d,"
                    + "'partition':%d,'host':'h','pid':1,'at':'2026-11-30T00:00:00Z'}";

        assertThatThrownBy(() -> report(ready.formatted(1, -1)))
                .hasMessageContaining("partition: found -1, wanted 0 to 4095");
        assertThatThrownBy(() -> report(ready.formatted(1_000_000, 0)))
                .hasMessageContaining("slots: found 1000000");
        assertThatThrownBy(() -> report(ready.replace("'partition':%d,", "").formatted(1)))
                .hasMessageContaining("partition");
    }

    @Test
    void aRecordThatIsTooLargeSaysSo() {
        byte[] large = new byte[Limits.SHARED_RECORD_BYTES + 1];

        assertThatThrownBy(() -> TopicRecords.decode(Topics.TASK_EVENTS, "d", large))
                .hasMessageContaining("may have 1048576 bytes, this one has 1048577");
    }

    @Test
    void aSecondObjectInARecordIsNotDroppedWithoutAWord() {
        assertThatThrownBy(() -> tasks(LEAST.formatted("") + "{}"))
                .isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void aDeadLetterAlwaysFitsItsTopic() {
        var letter =
                DeadLetters.letter(
                        new ConsumerRecord<>(Topics.TASKS, 0, 1, "d", new byte[900_000]),
                        "x".repeat(100_000),
                        "dispatcher",
                        Instant.EPOCH);
        var record = DeadLetters.record(letter);

        assertThat(record.value().length).isLessThan(Limits.SHARED_RECORD_BYTES);
        assertThat(letter.bytes()).isEqualTo(900_000);
        assertThat(TopicRecords.decode(record.topic(), record.key(), record.value()).deploymentId())
                .isEqualTo("d");
    }

    @Test
    void aTombstoneIsOnlyForTopicsThatAreCompacted() {
        assertThat(TopicRecords.decode(Topics.DEPLOYMENTS, "d", null))
                .isEqualTo(new TopicRecord.Tombstone("d", "d"));
        assertThatThrownBy(() -> TopicRecords.decode(Topics.TASKS, "d", null))
                .hasMessageContaining("without a value means nothing on scalable.tasks");
        assertThatThrownBy(() -> TopicRecords.decode(Topics.DEPLOYMENTS, (String) null, null))
                .hasMessageContaining("neither key nor value");
    }

    private static void report(String json) {
        var _ = TopicRecords.decode(Topics.WORKER_REPORTS, "d", bytes(json));
    }

    private static TopicRecord tasks(String json) {
        return TopicRecords.decode(Topics.TASKS, "d", bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
