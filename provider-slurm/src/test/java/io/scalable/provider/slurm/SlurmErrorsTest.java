package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.platform.PlatformException.Kind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into Slurm's commands and what their answers mean. */
class SlurmErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sbatch: error: Batch job submission failed: Invalid partition name specified;"
                        + " REFUSED",
                "sbatch: error: Batch job submission failed: Unspecified error; REFUSED",
                "sbatch: unrecognized option '--gold'; REFUSED",
                "sbatch: error: QOSMaxSubmitJobPerUserLimit; LATER",
                "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy;"
                        + " LATER",
                "sbatch: error: Batch job submission failed: Socket timed out on send/recv"
                        + " operation; UNREACHABLE",
                "slurm_load_jobs error: Unable to contact slurm controller (connect failure);"
                        + " UNREACHABLE",
                "sbatch: error: the moon is in the wrong house; UNKNOWN"
            })
    void whetherSomethingWasDoneIsConcludedOnlyFromErrorsThatAreKnown(String error, Kind kind) {
        PlatformException problem = SlurmErrors.failed("sbatch", 1, error);

        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.text()).startsWith("sbatch: ").doesNotContain("error: ");
    }

    @Test
    void theJobIdIsFoundAmongASitesOwnLines() {
        assertThat(SlurmCommands.submitted("Welcome!\n4711;large\nsee the news page\n"))
                .isEqualTo(4711);
        assertThat(SlurmCommands.submitted("12\n")).isEqualTo(12);
        assertThatThrownBy(() -> SlurmCommands.submitted("Welcome!\n"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
    }

    @Test
    void nothingOfTheCallersEnvironmentOutdoesTheOptionsGiven() {
        var environment =
                new HashMap<>(
                        Map.of(
                                "PATH", "/bin",
                                "SLURM_CONF", "/etc/slurm.conf",
                                "SQUEUE_PARTITION", "short",
                                "SCANCEL_STATE", "PENDING",
                                "SBATCH_PARTITION", "short",
                                "SLURM_JOB_ID", "12",
                                "SLURM_CLUSTERS", "a,b",
                                "SLURM_TIME_FORMAT", "%s"));

        SlurmEnvironment.clean(environment);

        assertThat(environment).containsOnlyKeys("PATH", "SLURM_CONF");
    }
}
