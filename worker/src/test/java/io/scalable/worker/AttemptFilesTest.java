package io.scalable.worker;

import static io.scalable.worker.Leases.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Work;
import org.junit.jupiter.api.Test;

class AttemptFilesTest {

    @Test
    void filesAreNamedByTaskIndexAndAttempt() {
        var lease = lease("fit", 7, 2, new Work.Handler("a.B::c"));

        assertThat(AttemptFiles.result(lease)).isEqualTo("results/fit/7-2.json");
        assertThat(AttemptFiles.log(lease, "err")).isEqualTo("logs/fit/7-2.err");
    }

    @Test
    void aTasksNameLeadsNowhereElse() {
        var lease = lease("../../etc/x y", 0, 1, new Work.Handler("a.B::c"));

        assertThat(AttemptFiles.log(lease, "out")).isEqualTo("logs/_.._.._etc_x_y/0-1.out");
    }
}
