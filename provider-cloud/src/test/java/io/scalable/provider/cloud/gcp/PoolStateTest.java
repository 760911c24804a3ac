package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.provider.cloud.gcp.PoolState.Broken;
import io.scalable.provider.cloud.gcp.PoolState.Coming;
import io.scalable.provider.cloud.gcp.PoolState.Leaving;
import io.scalable.provider.cloud.gcp.PoolState.Up;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolStateTest {

    @Test
    void aPoolOfWhichNothingIsKnownIsComing() throws Exception {
        assertThat(state("{}")).isEqualTo(new Coming("Cloud Run is starting it"));
    }

    @Test
    void aPoolIsUpWhenItsConditionIsAndNothingIsDoneToIt() throws Exception {
        assertThat(state("{'terminalCondition': {'state': 'CONDITION_SUCCEEDED'}}"))
                .isEqualTo(new Up());
        assertThat(
                        state(
                                "{'reconciling': true, 'terminalCondition': {'state':"
                                        + " 'CONDITION_SUCCEEDED'}}"))
                .isInstanceOf(Coming.class);
    }

    @Test
    void withoutATerminalConditionTheReadyOneCounts() throws Exception {
        assertThat(
                        state(
                                "{'conditions': [{'type': 'Other', 'state': 'CONDITION_FAILED'},"
                                        + " {'type': 'Ready', 'state': 'CONDITION_SUCCEEDED'}]}"))
                .isEqualTo(new Up());
    }

    @Test
    void whatItWaitsForIsSaid() throws Exception {
        assertThat(
                        state(
                                "{'terminalCondition': {'state': 'CONDITION_RECONCILING',"
                                        + " 'message': 'Imported container image.'}}"))
                .isEqualTo(new Coming("Imported container image."));
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER_MISSING, check its name and tag",
        "CONTAINER_PERMISSION_DENIED, roles/artifactregistry.reader",
        "CONTAINER_IMAGE_UNAUTHORIZED, Binary Authorization",
        "SECRETS_ACCESS_CHECK_FAILED, roles/secretmanager.secretAccessor",
        "VPC_NETWORK_NOT_FOUND, network or subnetwork",
        "PROGRESS_DEADLINE_EXCEEDED, gave up waiting"
    })
    void aFailureSaysWhatToDo(String reason, String advice) throws Exception {
        assertThat(failed("'reason': '" + reason + "', 'message': 'It failed.'"))
                .isInstanceOf(Broken.class)
                .extracting(Object::toString)
                .asString()
                .contains("It failed.: ", advice);
    }

    @Test
    void theReasonOfARevisionTellsMore() throws Exception {
        assertThat(
                        state(
                                "{'terminalCondition': {'state': 'CONDITION_FAILED', 'reason':"
                                    + " 'REVISION_FAILED'}, 'conditions': [{'type': 'Revision',"
                                    + " 'state': 'CONDITION_FAILED', 'revisionReason':"
                                    + " 'HEALTH_CHECK_CONTAINER_ERROR', 'message': 'Exit 1.'}]}"))
                .isEqualTo(
                        new Broken(
                                "Exit 1.: the container did not stay up: read its log, and see that"
                                        + " the image has the worker's runtime"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAITING_FOR_OPERATION", "IMMEDIATE_RETRY", "POSTPONED_RETRY"})
    void aFailureThatPassesIsNone(String reason) throws Exception {
        assertThat(failed("'reason': '" + reason + "'"))
                .isEqualTo(new Coming("Cloud Run tries again"));
    }

    @Test
    void aWarningIsNoFailure() throws Exception {
        assertThat(failed("'severity': 'WARNING', 'message': 'Slow.'"))
                .isEqualTo(new Coming("Slow."));
    }

    @Test
    void aPoolThatIsBeingDeletedLeaves() throws Exception {
        assertThat(
                        state(
                                "{'deleteTime': '2026-03-01T10:00:00Z', 'terminalCondition':"
                                        + " {'state': 'CONDITION_SUCCEEDED'}}"))
                .isEqualTo(new Leaving());
    }

    private static PoolState failed(String fields) throws JsonProcessingException {
        return state("{'terminalCondition': {'state': 'CONDITION_FAILED', " + fields + "}}");
    }

    private static PoolState state(String json) throws JsonProcessingException {
        return PoolState.of(Json.mapper().readTree(json.replace('\'', '"')));
    }
}
