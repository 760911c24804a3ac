package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskIdOrderTest {

    @Test
    void indexesAreInTheOrderOfNumbers() {
        var ids =
                new ArrayList<>(
                        List.of("r/fit/10", "r/fit/9", "r/a", "r/fit/010", "r/ev/11", "r/fit"));

        ids.sort(new TaskIdOrder());

        assertThat(ids)
                .containsExactly("r/a", "r/ev/11", "r/fit", "r/fit/9", "r/fit/010", "r/fit/10");
    }
}
