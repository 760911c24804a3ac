package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.testkit.ADeployment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmTargetTest {

    private static ADeployment slurm() {
        return ADeployment.aDeployment().provider("slurm").pool("model", 1);
    }

    @Test
    void keysBecomeOptionsOfSbatch() {
        SlurmTarget target =
                SlurmTarget.of(
                        slurm().option("queue", TextNode.valueOf("batch"))
                                .option("account", TextNode.valueOf("GCIMS"))
                                .option("qos", TextNode.valueOf("high"))
                                .option("constraint", TextNode.valueOf("[rack1|rack2]&ssd"))
                                .deadline(90)
                                .build());

        assertThat(target.findings()).isEmpty();
        assertThat(target.directives())
                .containsEntry("--partition", "batch")
                .containsEntry("--account", "GCIMS")
                .containsEntry("--qos", "high")
                .containsEntry("--constraint", "[rack1|rack2]&ssd");
        assertThat(target.walltime()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch\n#SBATCH --uid=0", "a b", "$(reboot)", "`id`", "a;b", "a'b"})
    void aValueThatCouldBreakOutIsAnError(String value) {
        SlurmTarget target =
                SlurmTarget.of(slurm().option("queue", TextNode.valueOf(value)).build());

        assertThat(target.directives()).isEmpty();
        assertThat(target.findings())
                .filteredOn(f -> f.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(f -> assertThat(f.path()).isEqualTo("targets.here.queue"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--exclusive\n--uid=0",
                "exclusive",
                "--array=1-9",
                "-o /etc/passwd",
                "-M a",
                "--wait"
            })
    void furtherOptionsAreOneEachAndNoneOfOurs(String option) {
        var list = JsonNodeFactory.instance.arrayNode().add("--exclusive").add(option);
        SlurmTarget target = SlurmTarget.of(slurm().option("extra_directives", list).build());

        assertThat(target.extra()).containsExactly("--exclusive");
        assertThat(target.findings()).anyMatch(f -> f.severity() == Severity.ERROR);
    }

    @Test
    void withoutAWalltimeJobsGetAnHourAndSayingSo() {
        SlurmTarget target = SlurmTarget.of(slurm().build());

        assertThat(target.walltime()).isEqualTo(Duration.ofHours(1));
        assertThat(target.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void whatASiteHasItsOwnWayWithIsChecked() {
        SlurmTarget target =
                SlurmTarget.of(
                        slurm().deadline(90)
                                .option(
                                        "skip_directives",
                                        JsonNodeFactory.instance
                                                .arrayNode()
                                                .add("mem")
                                                .add("array"))
                                .option("shebang", TextNode.valueOf("#!/bin/bash\nreboot"))
                                .option("clusters", TextNode.valueOf("a,b"))
                                .option("poll_interval", IntNode.valueOf(1))
                                .build());

        assertThat(target.findings())
                .extracting(f -> f.path())
                .containsExactly(
                        "targets.here.skip_directives",
                        "targets.here.shebang",
                        "targets.here.clusters",
                        "targets.here.poll_interval");
        assertThat(target.skipped()).containsExactly("mem");
    }
}
