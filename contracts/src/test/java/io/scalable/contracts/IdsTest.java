package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void aDeploymentIdSortsByTimeAndIsSafeInNames() {
        String id = Ids.newDeploymentId(Instant.parse("2026-01-31T14:25:01Z"));

        assertThat(id).matches("20260131-142501-[a-z2-9]{5}");
        assertThat(Ids.isDeploymentId(id)).isTrue();
    }

    @Test
    void idsThatCouldEscapeAFolderAreRefused() {
        assertThat(Ids.isDeploymentId("../x")).isFalse();
        assertThat(Ids.isDeploymentId("a/b")).isFalse();
        assertThat(Ids.isDeploymentId("")).isFalse();
        assertThat(Ids.isDeploymentId("a b")).isFalse();
    }

    @Test
    void whatIsWrongWithAnIdIsSaid() {
        assertThat(Ids.whyNoDeploymentId("word count").orElseThrow())
                .contains("letters, digits", "found: 'word count'");
        assertThat(Ids.whyNoDeploymentId("w".repeat(129)).orElseThrow())
                .contains("at most 128 characters, found 129");
        assertThat(Ids.whyNoDeploymentId("w".repeat(128))).isEmpty();
    }

    @Test
    void aComponentsNameCannotLeadOutOfAFolder() {
        assertThat(Ids.isComponentName("fit-2.b_c")).isTrue();
        assertThat(Ids.isComponentName("../fit")).isFalse();
        assertThat(Ids.isComponentName(".fit")).isFalse();
    }

    @Test
    void idsThatKafkaTakesForTheSameCollide() {
        assertThat(Ids.collide("word.count", "word_count")).isTrue();
        assertThat(Ids.collide("word.count", "word-count")).isFalse();
        assertThat(Ids.collide("word.count", "word.count")).isFalse();
    }

    @Test
    void taskAndWorkerIdsAreDeterministic() {
        assertThat(Ids.taskId("run", "fit", 3)).isEqualTo("run/fit/3");
        assertThat(Ids.workerId("run", "forecast", 2)).isEqualTo("run-forecast-2");
    }
}
