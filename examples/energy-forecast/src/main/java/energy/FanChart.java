package energy;

import energy.chart.FanPanels;
import energy.chart.Panel;
import energy.data.Generation;
import io.scalable.task.Task;
import io.scalable.task.TaskContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The task {@code chart} of the pool {@code postprocess}. */
public final class FanChart {

    private static final String SOURCE =
            "Data: U.S. Energy Information Administration, net generation, Iowa."
                    + " Forecast: bootstrap scenarios of all models, weighted by back-test skill.";

    private FanChart() {}

    /**
     * Writes the fan chart (SVG) and one table (CSV) of all sources into the folder {@code out}
     * beside the manifest.
     */
    @Task
    public static Drawing draw(Picture picture, List<SourceForecast> forecasts, TaskContext context)
            throws IOException {
        var out = OutputFolder.of(context);
        var svg = ofForecasts(new Forecasts(picture.title(), forecasts));
        return new Drawing(
                out.write(picture.name(), "svg", svg).toString(),
                out.write(picture.name(), "csv", Tables.quantiles(forecasts)).toString());
    }

    /** The chart's SVG text, for callers that gather themselves; writes nothing. */
    @Task
    public static String ofForecasts(Forecasts forecasts) {
        int scenarios = forecasts.sources().stream().mapToInt(SourceForecast::scenarios).sum();
        var panels = forecasts.sources().stream().map(FanChart::panel).toList();
        return FanPanels.draw(
                forecasts.title(),
                String.format(
                        Locale.ROOT,
                        "Net generation, TWh per year, all sources on one scale; forecast from %,d"
                                + " scenarios",
                        scenarios),
                SOURCE,
                panels);
    }

    private static Panel panel(SourceForecast forecast) {
        var best = forecast.weights().getFirst();
        var note =
                String.format(
                        Locale.ROOT,
                        "strongest model: %s (%.0f %% of the weight)",
                        best.model(),
                        100 * best.weight());
        return new Panel(
                forecast.source(),
                note,
                Generation.of(forecast.source()).points(),
                forecast.bands());
    }
}
