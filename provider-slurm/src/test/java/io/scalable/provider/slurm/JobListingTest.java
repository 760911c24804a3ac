package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobListingTest {

    @Test
    void aJobOfOursIsReadWithItsWorkerAndTimes() {
        List<SlurmJob> jobs =
                JobListing.parse(
                        "7|2|RUNNING|1795527845|1795527848|1795527908|n1|None|x|scalable:run-1/model+5\n");

        SlurmJob job = jobs.getFirst();
        assertThat(job.id()).isEqualTo("7_2");
        assertThat(job.tag()).isEqualTo(new JobTag("run-1", "model", 5));
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.node()).isEqualTo("n1");
        assertThat(job.ends()).isEqualTo(Instant.ofEpochSecond(1795527908));
    }

    @Test
    void jobsOfOthersHaveNoTagAndLinesOfOtherShapesAreLeftOut() {
        assertThat(
                        JobListing.parse(
                                """
                                CLUSTER: large
                                8|N/A|RUNNING|1|1|1|n1|None|mine|my own job
                                9|0|RUNNING|1|1|1|n1|None|mine|scalable:run-1/model+1; rm -rf /
                                slurm_load_jobs: something
                                """))
                .singleElement()
                .satisfies(job -> assertThat(job.tag()).isNull());
    }

    @Test
    void aJobWhoseCommentASiteTookIsKnownByItsName() {
        SlurmJob job =
                JobListing.parse(
                                "7|2|RUNNING|1|1|1|n1|None|forecast:scalable:run-1/model+5|project"
                                        + " X")
                        .getFirst();

        assertThat(job.tag()).isEqualTo(new JobTag("run-1", "model", 5));
    }

    @Test
    void whatIsNotKnownYetIsNull() {
        SlurmJob job =
                JobListing.parse(
                                "7|0|PENDING|1795527845|N/A|N/A||QOSMaxJobsPerUserLimit|x|scalable:d/m+1")
                        .getFirst();

        assertThat(job.started()).isNull();
        assertThat(job.node()).isEmpty();
        assertThat(job.describe()).isEqualTo("job 7_0: PENDING (QOSMaxJobsPerUserLimit)");
    }

    @Test
    void accountingsLinesAreReadAlike() {
        SlurmJob job =
                JobListing.parse(
                                "7_3|7_3|CANCELLED by 1000|1795527845|1795527846|1795527847|None"
                                        + " assigned|None|scalable:d/m+1|")
                        .getFirst();

        assertThat(job.id()).isEqualTo("7_3");
        assertThat(job.tag()).as("accounting keeps names, no comments").isNotNull();
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.node()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, WALLTIME",
        "DEADLINE, WALLTIME",
        "OUT_OF_MEMORY, OUT_OF_MEMORY",
        "PREEMPTED, PREEMPTED",
        "CANCELLED, PREEMPTED",
        "NODE_FAIL, NODE_FAILURE",
        "BOOT_FAIL, NODE_FAILURE"
    })
    void whoTookAJobAwayIsToldApart(String state, FailureClass cause) {
        assertThat(JobState.of(state).cause()).isEqualTo(cause);
    }

    @Test
    void aStateThatNobodyKnowsConcludesNothing() {
        assertThat(JobState.of("HIBERNATING").kind()).isEqualTo(JobState.Kind.OTHER);
        assertThat(JobState.of("FAILED").cause()).isNull();
    }
}
