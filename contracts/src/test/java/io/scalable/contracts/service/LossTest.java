package io.scalable.contracts.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LossTest {

    private final Loss loss = new Loss();
    private final ArrayList<String> heard = new ArrayList<>();

    @Test
    void whoeverAsksBeforeOrAfterwardsHearsTheFirstReason() {
        loss.onLoss(heard::add);
        assertThat(loss.reported()).isFalse();

        assertThat(loss.report("the planner cannot go on")).isTrue();
        assertThat(loss.report("it still cannot")).isFalse();
        loss.onLoss(heard::add);

        assertThat(loss.reported()).isTrue();
        assertThat(heard).containsExactly("the planner cannot go on", "the planner cannot go on");
    }
}
