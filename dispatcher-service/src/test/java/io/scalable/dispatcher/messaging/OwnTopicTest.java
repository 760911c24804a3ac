package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnTopicTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OwnTopic<String, String> topic = new OwnTopic<>();

    @Test
    void recordsWaitUntilTheTopicIsFoundAndGoInTheirOrder() {
        topic.add("a", 1, true, 0);
        topic.add("b", 1, false, 0);
        assertThat(topic.ready()).isEmpty();
        assertThat(topic.wantsLook(0)).isTrue();
        assertThat(topic.wantsLook(0)).as("asked already").isFalse();

        topic.found(4);

        assertThat(topic.ready()).extracting(OwnTopic.Waiting::record).containsExactly("a", "b");
        assertThat(topic.wantsLook(SECOND)).isFalse();
    }

    @Test
    void aTopicThatStaysMissingIsLookedForLessOftenAndItsRecordsDoNotWaitForEver() {
        topic.add("lease", 1, false, 0);
        topic.add("result", 1, true, 0);
        assertThat(topic.wantsLook(0)).isTrue();
        assertThat(topic.missing(0, 0)).isEmpty();
        assertThat(topic.wantsLook(SECOND / 100)).isFalse();
        assertThat(topic.wantsLook(SECOND)).isTrue();

        assertThat(topic.missing(6 * SECOND, 0)).containsExactly("result");
        topic.owe("words");

        assertThat(topic.idle()).as("results are owed").isFalse();
        assertThat(topic.wantsLook(60 * SECOND)).isTrue();
        topic.found(1);
        assertThat(topic.due()).containsExactly("words");
        assertThat(topic.due()).isEmpty();
        assertThat(topic.ready()).isEmpty();
    }

    @Test
    void oneTopicHasOnlySoMuchUnderWay() {
        int half = (int) (OwnTopic.MOST_UNDER_WAY_BYTES / 2);
        topic.add("a", half, true, 0);
        topic.add("b", half, true, 0);
        topic.add("c", half, true, 0);
        topic.found(1);

        assertThat(topic.ready()).hasSize(2);
        topic.answered(half, true);
        assertThat(topic.ready()).extracting(OwnTopic.Waiting::record).containsExactly("c");
    }

    @Test
    void aRecordThatIsNotTakenMakesTheTopicUnknownAgain() {
        topic.add("a", 1, true, 0);
        topic.found(1);
        assertThat(topic.ready()).hasSize(1);

        topic.answered(1, false);
        topic.owe("words");

        assertThat(topic.partitions()).isZero();
        assertThat(topic.due()).isEmpty();
        assertThat(topic.wantsLook(0)).isTrue();
    }

    @Test
    void whatTheEndOfADeploymentLeavesAreItsLastWordsToWorkers() {
        topic.found(1);
        topic.add("result", 1, true, 0);
        topic.add("farewell", 1, false, 0);
        topic.owe("words");

        topic.ended();

        assertThat(topic.wantsLook(0)).isTrue();
        topic.found(1);
        assertThat(topic.due()).isEmpty();
        assertThat(topic.ready()).extracting(OwnTopic.Waiting::record).containsExactly("farewell");
    }
}
