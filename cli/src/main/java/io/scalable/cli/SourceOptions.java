package io.scalable.cli;

import io.scalable.client.inspect.BrokerSource;
import io.scalable.client.inspect.CombinedSource;
import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.RunFolderSource;
import io.scalable.client.inspect.TelemetrySource;
import io.scalable.client.run.NoSuchRunException;
import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * Where runs and deployments are looked up: in the folder of runs and on the control plane that
 * {@code up} keeps running here, unless brokers or telemetry are named.
 */
final class SourceOptions {

    private static final int NEAREST = 3;

    @Mixin RunsOptions runs;
    @Mixin BrokerOptions brokers;
    @Mixin TelemetryOptions telemetry;

    DeploymentSource open() throws IOException {
        URI url = telemetry.url;
        if (url != null) {
            if (brokers.given()) {
                throw new UsageException("give either brokers or --url, not both");
            }
            return new TelemetrySource(url, telemetry.token);
        }
        if (brokers.given()) {
            return onBrokers(brokers.kafka());
        }
        var sources = new ArrayList<DeploymentSource>();
        sources.add(new RunFolderSource(runs.runs(), BrokerOptions.PATIENCE));
        Optional<KeptControlPlane> kept = KeptControlPlane.running();
        if (kept.isPresent()) {
            sources.add(onBrokers(kept.get().kafka()));
        }
        return new CombinedSource(sources);
    }

    /** Logs of workers that a kept control plane has launched lie in its folder. */
    private static DeploymentSource onBrokers(Map<String, String> kafka) throws IOException {
        String bootstrap = kafka.getOrDefault("bootstrap.servers", "");
        boolean kept = KeptControlPlane.at(bootstrap).isPresent();
        Path workers = Path.of(KeptControlPlane.FOLDER, "workers", "workers").toAbsolutePath();
        return new BrokerSource(
                kafka, BrokerOptions.PATIENCE, kept ? List.of(workers.normalize()) : List.of());
    }

    /**
     * A run or deployment.
     *
     * @param id null for the one that started last; on brokers, which are shared, for the only one
     * @throws NoSuchRunException if it is not there; the message says what is
     */
    DeploymentView find(DeploymentSource source, @Nullable String id) throws IOException {
        if (id != null) {
            Optional<DeploymentView> found = source.find(id);
            if (found.isPresent()) {
                return found.get();
            }
        }
        List<String> ids = source.list().stream().map(DeploymentView::id).toList();
        if (ids.isEmpty()) {
            throw new NoSuchRunException(none());
        }
        if (id != null) {
            throw new NoSuchRunException(
                    "no run or deployment '"
                            + id
                            + "' "
                            + place()
                            + "; nearest: "
                            + String.join(", ", Nearest.closest(id, ids, NEAREST)));
        }
        if (brokers.given() && ids.size() > 1) {
            throw new UserException(
                    "which deployment? These live there: " + String.join(", ", ids));
        }
        return source.find(ids.getLast())
                .orElseThrow(
                        () -> new NoSuchRunException("'" + ids.getLast() + "' is gone meanwhile"));
    }

    private String none() {
        return telemetry.url != null
                ? "telemetry at " + telemetry.url + " knows no deployment yet"
                : brokers.given()
                        ? "no deployment lives there"
                        : "no runs yet in "
                                + runs.runs().folder()
                                + "; start one with: scalable run FILE";
    }

    private String place() {
        return telemetry.url != null
                ? "at " + telemetry.url
                : brokers.given() ? "there" : "in " + runs.runs().folder();
    }

    /** The options as they were given, for hints that can be pasted; begins with a blank. */
    String said() {
        return runs.again() + brokers.said() + telemetry.said();
    }
}
