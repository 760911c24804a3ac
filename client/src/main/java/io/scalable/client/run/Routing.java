package io.scalable.client.run;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import java.util.stream.Collectors;

/** Finds the pool of a tag. */
final class Routing {

    private Routing() {}

    /**
     * The name of the component that answers to {@code tag}.
     *
     * @throws IllegalArgumentException if none does; the message lists what there is
     */
    static String component(DeploymentSpec spec, String tag) {
        return spec.route(tag)
                .map(ComponentSpec::name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no component answers to the tag '"
                                                + tag
                                                + "'; there are: "
                                                + known(spec)));
    }

    private static String known(DeploymentSpec spec) {
        return spec.components().stream()
                .map(c -> c.tags().isEmpty() ? c.name() : c.name() + " (tags " + c.tags() + ")")
                .collect(Collectors.joining(", "));
    }
}
