package energy;

import static org.assertj.core.api.Assertions.assertThat;

import energy.data.Point;
import energy.model.Score;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private final Fit fit = Forecast.fit(new Scenario("Renewables", "drift", 3));

    @Test
    void theSameScenarioGivesTheSameFit() {
        assertThat(Forecast.fit(new Scenario("Renewables", "drift", 3))).isEqualTo(fit);
    }

    @Test
    void anotherScenarioGivesAnotherPath() {
        assertThat(Forecast.fit(new Scenario("Renewables", "drift", 4)).path())
                .isNotEqualTo(fit.path());
    }

    @Test
    void thePathGoesFromTheLastDataTo2030() {
        assertThat(fit.path()).extracting(Point::year).startsWith(2018).endsWith(2030).hasSize(13);
    }

    @Test
    void oneThreeAndFiveYearsAheadAreScored() {
        assertThat(fit.scores()).extracting(Score::horizon).containsExactly(1, 3, 5);
        assertThat(fit.scores()).extracting(Score::origins).containsExactly(9, 7, 5);
        assertThat(fit.scores()).extracting(Score::mase).allMatch(mase -> mase > 0 && mase < 10);
    }
}
