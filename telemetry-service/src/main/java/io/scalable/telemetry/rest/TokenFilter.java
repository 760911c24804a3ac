package io.scalable.telemetry.rest;

import io.scalable.telemetry.config.TelemetryConfig;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets requests for history in only with the token, where one is set. */
class TokenFilter {

    private static final Set<Class<?>> OURS =
            Set.of(HistoryResource.class, ProviderHostResource.class);

    private final Optional<byte[]> expected;

    TokenFilter(TelemetryConfig config) {
        this.expected =
                config.token().map(token -> ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An answer instead of the resource's, or nothing. Other services' resources are not its
     * business.
     */
    @ServerRequestFilter
    Optional<Response> check(ContainerRequestContext request, ResourceInfo resource) {
        if (expected.isEmpty() || !OURS.contains(resource.getResourceClass())) {
            return Optional.empty();
        }
        String brought = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        boolean welcome =
                brought != null
                        && MessageDigest.isEqual(
                                expected.get(), brought.getBytes(StandardCharsets.UTF_8));
        return welcome
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                        Response.Status.UNAUTHORIZED,
                                        "bring Authorization: Bearer <the run's token>",
                                        null)
                                .response());
    }
}
