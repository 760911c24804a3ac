package io.scalable.telemetry.rest;

import io.scalable.telemetry.config.StoreUnavailableException;
import io.scalable.telemetry.store.StoreException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with problem documents where a request fails. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int TRY_AGAIN_SECONDS = 5;

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().response();
    }

    /** The store is away for now: what failed is said in short words, the rest is in the log. */
    @ServerExceptionMapper
    Response store(StoreException e) {
        LOG.warnf("a question is not answered: %s: %s", e.getMessage(), e.getCause());
        return unavailable(String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response notOpen(StoreUnavailableException e) {
        return unavailable(String.valueOf(e.getMessage()));
    }

    private static Response unavailable(String reason) {
        Response answer = Problem.of(Response.Status.SERVICE_UNAVAILABLE, reason, null).response();
        return Response.fromResponse(answer).header("Retry-After", TRY_AGAIN_SECONDS).build();
    }
}
