package io.scalable.provider.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.platform.Lanes.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final List<Runnable> calls = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Lanes lanes = new Lanes(calls::add, 2, () -> {});

    @Test
    void aLaunchThatHangsHoldsUpNeitherEndsNorLooks() {
        call(Lane.LAUNCH, "first");
        call(Lane.LAUNCH, "second");

        assertThat(lanes.free(Lane.LAUNCH)).isFalse();
        assertThat(lanes.free(Lane.END)).isTrue();
        assertThat(lanes.free(Lane.LOOK)).isTrue();
    }

    @Test
    void answersAreTakenInByWhoAskedAndFreeTheLane() {
        call(Lane.LOOK, "jobs");
        calls.forEach(Runnable::run);

        assertThat(answers).isEmpty();
        assertThat(lanes.free(Lane.LOOK)).isFalse();

        lanes.takeIn();
        assertThat(answers).containsExactly("jobs");
        assertThat(lanes.free(Lane.LOOK)).isTrue();
    }

    @Test
    void whatNobodyForesawIsAnAnswerThatNobodyUnderstands() {
        lanes.call(
                Lane.END,
                () -> {
                    throw new IllegalStateException("a table has no rows");
                },
                answer -> answers.add(answer.toString()));
        calls.forEach(Runnable::run);
        lanes.takeIn();

        assertThat(answers).singleElement().asString().contains("a table has no rows");
        assertThat(lanes.free(Lane.END)).isTrue();
    }

    private void call(Lane lane, String result) {
        lanes.call(
                lane, () -> result, answer -> answers.add(((Answer.Value<String>) answer).value()));
    }
}
