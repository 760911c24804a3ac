package io.scalable.telemetry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.telemetry.domain.Batches.Culprit;
import io.scalable.telemetry.domain.Batches.RefusedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final List<Integer> stored = new ArrayList<>();
    private int tries;

    @Test
    void aBatchWithoutFaultIsStoredAtOnce() {
        assertThat(store(items(1000), Set.of())).isEmpty();
        assertThat(stored).isEqualTo(items(1000));
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void theCulpritStandsAloneAndTheRestIsStoredInOrder() {
        assertThat(store(items(1000), Set.of(617)))
                .containsExactly(new Culprit<>(617, "617 is at fault"));
        var rest = new ArrayList<>(items(1000));
        rest.remove((Integer) 617);
        assertThat(stored).isEqualTo(rest);
        assertThat(tries).as("twice the logarithm").isLessThan(25);
    }

    @Test
    void severalCulpritsAreFoundInOrder() {
        assertThat(store(items(64), Set.of(0, 31, 32, 63)))
                .extracting(Culprit::item)
                .containsExactly(0, 31, 32, 63);
        assertThat(stored).hasSize(60);
    }

    @Test
    void anyOtherFailureGoesThrough() {
        assertThatThrownBy(
                        () ->
                                Batches.store(
                                        items(4),
                                        _ -> {
                                            throw new IllegalStateException("away");
                                        }))
                .hasMessage("away");
    }

    private List<Culprit<Integer>> store(List<Integer> items, Set<Integer> bad) {
        return Batches.store(
                items,
                some -> {
                    tries++;
                    for (Integer one : some) {
                        if (bad.contains(one)) {
                            String reason = one + " is at fault";
                            throw new RefusedItems(reason, new IllegalArgumentException(reason));
                        }
                    }
                    stored.addAll(some);
                });
    }

    private static List<Integer> items(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
