package energy;

import static io.scalable.client.TaskOption.retries;
import static io.scalable.client.TaskOption.tag;

import energy.model.Model;
import io.scalable.client.RunPlan;
import io.scalable.client.ScalableClient;
import io.scalable.client.ScalableSession;
import io.scalable.client.TaskFuture;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The workflow of {@code scalable.yaml} as a program. The manifest still says what a worker is and
 * where workers run; what to run is said here.
 */
public final class ForecastWithSdk {

    private static final List<String> SOURCES =
            List.of("Fossil Fuels", "Nuclear Energy", "Renewables");
    private static final int SCENARIOS = 30;
    private static final Picture PICTURE =
            new Picture(
                    "Iowa's renewables are likely to overtake its fossil fuels in the 2020s",
                    "fan-chart");
    private static final PrintStream OUT = System.out;

    private ForecastWithSdk() {}

    /** {@code ForecastWithSdk [manifest]}: by default the {@code scalable.yaml} that is here. */
    public static void main(String... args) throws Exception {
        Path manifest = Path.of(args.length > 0 ? args[0] : "scalable.yaml");
        try (var session = ScalableSession.fromYaml(manifest, "local")) {
            RunPlan plan = session.plan();
            OUT.println(plan);
            ScalableClient client = session.start(plan);
            Drawing drawing = forecast(client);
            OUT.println("Chart: " + drawing.chart());
            OUT.println("Table: " + drawing.table());
        }
    }

    /** All tasks are submitted at once; each starts when the results that it needs are there. */
    private static Drawing forecast(ScalableClient client) throws InterruptedException {
        var forecasts = new ArrayList<TaskFuture<SourceForecast>>();
        for (String source : SOURCES) {
            List<TaskFuture<Fit>> fits =
                    client.map(Forecast::fit, scenarios(source), tag("forecast"), retries(1));
            forecasts.add(
                    client.submit(
                            Summary::quantiles,
                            new Source(source),
                            fits,
                            tag("postprocess"),
                            retries(1)));
        }
        TaskFuture<Drawing> drawing =
                client.submit(FanChart::draw, PICTURE, forecasts, tag("postprocess"), retries(1));
        client.gather(forecasts).forEach(ForecastWithSdk::print);
        return drawing.get();
    }

    private static List<Scenario> scenarios(String source) {
        return Model.NAMES.stream()
                .flatMap(
                        model ->
                                IntStream.range(0, SCENARIOS)
                                        .mapToObj(n -> new Scenario(source, model, n)))
                .toList();
    }

    private static void print(SourceForecast forecast) {
        var last = forecast.bands().getLast();
        OUT.println(
                String.format(
                        Locale.ROOT,
                        "%-14s  %d: %.1f TWh, 90 %% within %.1f to %.1f (%d scenarios)",
                        forecast.source(),
                        last.year(),
                        last.p50() / 1000,
                        last.p5() / 1000,
                        last.p95() / 1000,
                        forecast.scenarios()));
    }
}
