package io.scalable.provider.cloud.kubernetes;

/** The API server did not do what it was asked to. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiProblem problem;

    ApiException(ApiProblem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    ApiProblem problem() {
        return problem;
    }
}
