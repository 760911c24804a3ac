package energy;

import static org.assertj.core.api.Assertions.assertThat;

import energy.data.Band;
import energy.model.Model;
import io.scalable.contracts.Json;
import io.scalable.task.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifest's workflow from end to end in this JVM; its files stay in target/workflow/out. */
class WorkflowIT {

    private static final List<String> SOURCES =
            List.of("Fossil Fuels", "Nuclear Energy", "Renewables");
    private static final int SCENARIOS = 10;

    private final TaskContext context = new FakeContext(Path.of("target", "workflow"));

    @Test
    void theWorkflowGoesFromDataToAChart() throws Exception {
        var fits =
                scenarios().parallelStream()
                        .map(scenario -> overTheWire(Forecast.fit(scenario), Fit.class))
                        .toList();

        var forecasts = new ArrayList<SourceForecast>();
        for (var source : SOURCES) {
            var ofSource = fits.stream().filter(fit -> fit.source().equals(source)).toList();
            var forecast = Summary.quantiles(new Source(source), ofSource, context);
            forecasts.add(overTheWire(forecast, SourceForecast.class));
        }
        var drawing =
                FanChart.draw(
                        new Picture(
                                "Iowa's renewables are likely to overtake its fossil fuels in the"
                                        + " 2020s",
                                "fan-chart"),
                        forecasts,
                        context);

        assertThat(forecasts)
                .allSatisfy(
                        forecast -> {
                            assertThat(forecast.scenarios()).isEqualTo(5 * SCENARIOS);
                            assertThat(forecast.bands())
                                    .hasSize(13)
                                    .allSatisfy(WorkflowIT::isOrdered);
                        });
        assertThat(Path.of(drawing.chart())).content().contains("Renewables", "</svg>");
        assertThat(Path.of(drawing.table())).content().hasLineCount(1 + 3 * 13);
        assertThat(context.directory().resolve("out").toFile().list())
                .containsExactlyInAnyOrder(
                        "fossil-fuels.csv",
                        "nuclear-energy.csv",
                        "renewables.csv",
                        "fan-chart.csv",
                        "fan-chart.svg");
    }

    private static List<Scenario> scenarios() {
        var all = new ArrayList<Scenario>();
        for (var source : SOURCES) {
            for (var model : Model.NAMES) {
                for (int n = 0; n < SCENARIOS; n++) {
                    all.add(new Scenario(source, model, n));
                }
            }
        }
        return all;
    }

    private static void isOrdered(Band band) {
        assertThat(List.of(0.0, band.p5(), band.p25(), band.p50(), band.p75(), band.p95()))
                .isSorted();
    }

    /** As a worker passes it on: JSON and back. */
    private static <T> T overTheWire(T value, Class<T> type) {
        try {
            return Json.mapper().readValue(Json.mapper().writeValueAsBytes(value), type);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record FakeContext(Path directory) implements TaskContext {
        @Override
        public String deploymentId() {
            return "trial";
        }

        @Override
        public String taskId() {
            return "trial/task/0";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
