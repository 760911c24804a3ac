package io.scalable.contracts.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptFilesTest {

    @Test
    void filesAreNamedAfterTaskItemAndAttempt() {
        assertThat(AttemptFiles.result("fit", 7, 2)).isEqualTo("results/fit/7-2.json");
        assertThat(AttemptFiles.log("fit", 7, 2, "err")).isEqualTo("logs/fit/7-2.err");
    }

    @Test
    void aNameFromOutsideLeadsNowhereElse() {
        assertThat(AttemptFiles.log("../../etc/x y", 0, 1, "out"))
                .isEqualTo("logs/_.._.._etc_x_y/0-1.out");
    }
}
