package io.scalable.telemetry.rest;

import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** The caller's parameter is wrong. */
    static ProblemException badParameter(String parameter, String wanted, @Nullable String found) {
        String shown = found == null || found.length() <= 100 ? found : found.substring(0, 100);
        return new ProblemException(
                Problem.of(
                        Response.Status.BAD_REQUEST,
                        parameter + " must be " + wanted + ", found '" + shown + "'",
                        parameter));
    }

    /** There is no such thing. */
    static ProblemException unknown(String detail) {
        return new ProblemException(Problem.of(Response.Status.NOT_FOUND, detail, null));
    }

    Problem problem() {
        return problem;
    }
}
