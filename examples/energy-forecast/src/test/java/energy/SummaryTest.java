package energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.data.Band;
import energy.data.Point;
import energy.model.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void aModelWithHalfTheErrorCountsFourTimes() {
        var weights = Skill.weigh(List.of(fit("good", 1, 10), fit("bad", 2, 10)));

        assertThat(weights).extracting(ModelWeight::model).containsExactly("good", "bad");
        assertThat(weights.getFirst().weight()).isEqualTo(0.8, within(1e-9));
        assertThat(weights.getLast().weight()).isEqualTo(0.2, within(1e-9));
    }

    @Test
    void aModelsWeightIsSharedByItsScenarios() {
        var forecast =
                Summary.ofFits(
                        new Fits(
                                "Wind",
                                List.of(
                                        fit("few", 1, 100),
                                        fit("many", 1, 1),
                                        fit("many", 1, 2),
                                        fit("many", 1, 3))));

        // "few" has half the weight with one path: it stands at 0.75, 'many' below 0.5.
        assertThat(forecast.scenarios()).isEqualTo(4);
        assertThat(forecast.bands()).extracting(Band::year).containsExactly(2018);
        assertThat(forecast.bands().getFirst().p75()).isEqualTo(100, within(1e-9));
        assertThat(forecast.bands().getFirst().p25()).isEqualTo(2, within(1e-9));
    }

    @Test
    void noScenariosAreAnError() {
        assertThatThrownBy(() -> Summary.ofFits(new Fits("Wind", List.of())))
                .hasMessage("no scenarios of source 'Wind'");
    }

    @Test
    void theTableHasARowPerSourceAndYear() {
        var forecast = Summary.ofFits(new Fits("Wind", List.of(fit("good", 1, 1234.5))));

        assertThat(Tables.quantiles(List.of(forecast)))
                .isEqualTo(
                        """
                        source,year,p05_gwh,p25_gwh,p50_gwh,p75_gwh,p95_gwh
                        Wind,2018,1234.5,1234.5,1234.5,1234.5,1234.5
                        """);
    }

    private static Fit fit(String model, double mase, double gwh) {
        return new Fit(
                "Wind",
                model,
                0,
                List.of(new Score(1, 9, 100, mase, 5)),
                List.of(new Point(2018, gwh)));
    }
}
