package energy;

import energy.data.Generation;
import energy.data.Point;
import energy.model.BackTest;
import energy.model.Bootstrapped;
import energy.model.Model;
import io.scalable.task.Task;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The task of the pool {@code forecast}. */
public final class Forecast {

    /** The last year that is forecast. */
    static final int LAST_YEAR = 2030;

    /** Years that the first forecast of the back-test knows. */
    private static final int FIRST_ORIGIN = 8;

    /** Years ahead that the back-test scores. */
    private static final List<Integer> HORIZONS = List.of(1, 3, 5);

    private static final int REPLICAS = 150;

    private Forecast() {}

    /**
     * Back-tests the scenario's model on its source and draws one path until 2030. The same
     * scenario gives the same fit, whenever and wherever it runs.
     */
    @Task
    public static Fit fit(Scenario scenario) {
        var history = Generation.of(scenario.source());
        var model = Model.named(scenario.model());
        var bootstrapped = new Bootstrapped(model, REPLICAS, new SplittableRandom(scenario.seed()));

        var scores = BackTest.run(history.values(), FIRST_ORIGIN, HORIZONS, bootstrapped);
        var path = bootstrapped.path(history.values(), LAST_YEAR - history.lastYear());
        return new Fit(
                scenario.source(),
                scenario.model(),
                scenario.scenario(),
                scores,
                IntStream.range(0, path.length)
                        .mapToObj(i -> new Point(history.lastYear() + 1 + i, tenths(path[i])))
                        .toList());
    }

    /** A tenth of a GWh is finer than the data; more digits would only be carried around. */
    private static double tenths(double gwh) {
        return Math.round(gwh * 10) / 10.0;
    }
}
