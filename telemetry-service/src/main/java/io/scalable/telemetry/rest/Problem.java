package io.scalable.telemetry.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered, as {@code application/problem+json} (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status in words
 * @param status of HTTP
 * @param detail what is wrong and what to do, for people
 * @param parameter the parameter that is wrong; null if none is
 */
public record Problem(
        String type, String title, int status, String detail, @Nullable String parameter) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Response.Status status, String detail, @Nullable String parameter) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, parameter);
    }

    Response response() {
        try {
            return Response.status(status)
                    .type(MediaType.valueOf(MEDIA_TYPE))
                    .entity(Json.mapper().writeValueAsString(this))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is no JSON: " + detail, e);
        }
    }
}
