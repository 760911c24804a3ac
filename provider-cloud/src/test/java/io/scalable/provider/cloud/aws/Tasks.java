package io.scalable.provider.cloud.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tasks for tests, of deployment {@code d}. */
final class Tasks {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Tasks() {}

    static EcsTask of(String worker, String status) {
        return of(worker, "t-" + worker, status, START);
    }

    static EcsTask of(String worker, String id, String status, Instant createdAt) {
        return new EcsTask(
                "arn:aws:ecs:us-east-1:1:task/default/" + id,
                "d",
                "model",
                worker,
                "family",
                status,
                RunRequest.FARGATE,
                createdAt,
                status.equals("RUNNING") ? createdAt : null,
                null);
    }

    static EcsTask stopped(
            String worker,
            @Nullable Instant startedAt,
            String code,
            String reason,
            @Nullable Integer exit,
            String container) {
        return new EcsTask(
                "arn:aws:ecs:us-east-1:1:task/default/t-" + worker,
                "d",
                "model",
                worker,
                "family",
                "STOPPED",
                RunRequest.FARGATE,
                START,
                startedAt,
                new EcsTask.Stop(code, reason, exit, container, "image-of-" + worker));
    }
}
