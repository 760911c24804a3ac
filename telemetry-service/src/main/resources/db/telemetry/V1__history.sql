-- What was said of every deployment, folded to its newest state. Plain SQL: H2 and PostgreSQL take the same file.

CREATE TABLE deployments (
    deployment_id VARCHAR NOT NULL,
    project       VARCHAR NOT NULL,
    target        VARCHAR NOT NULL,
    provider      VARCHAR NOT NULL,
    objective     VARCHAR NOT NULL,
    policy        VARCHAR NOT NULL,
    created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at      TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (deployment_id)
);

CREATE TABLE tasks (
    deployment_id    VARCHAR NOT NULL,
    task_id          VARCHAR NOT NULL,
    task             VARCHAR NOT NULL,
    component        VARCHAR NOT NULL,
    state            VARCHAR NOT NULL,
    attempt          INTEGER NOT NULL,
    worker_id        VARCHAR,
    queued_at        TIMESTAMP(6) WITH TIME ZONE,
    started_at       TIMESTAMP(6) WITH TIME ZONE,
    finished_at      TIMESTAMP(6) WITH TIME ZONE,
    duration_seconds DOUBLE PRECISION,
    reason           TEXT,
    PRIMARY KEY (deployment_id, task_id)
);
CREATE INDEX tasks_by_state ON tasks (deployment_id, state, task_id);

CREATE TABLE failures (
    deployment_id VARCHAR NOT NULL,
    event_id      VARCHAR NOT NULL,
    task_id       VARCHAR NOT NULL,
    attempt       INTEGER NOT NULL,
    worker_id     VARCHAR,
    failure_class VARCHAR NOT NULL,
    type          VARCHAR NOT NULL,
    message       TEXT NOT NULL,
    stack         TEXT,
    terminal      BOOLEAN NOT NULL,
    failed_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (deployment_id, event_id)
);

CREATE TABLE workers (
    deployment_id VARCHAR NOT NULL,
    worker_id     VARCHAR NOT NULL,
    component     VARCHAR NOT NULL,
    state         VARCHAR NOT NULL,
    place         VARCHAR,
    requested_at  TIMESTAMP(6) WITH TIME ZONE,
    started_at    TIMESTAMP(6) WITH TIME ZONE,
    ended_at      TIMESTAMP(6) WITH TIME ZONE,
    reason        TEXT,
    PRIMARY KEY (deployment_id, worker_id)
);

CREATE TABLE decisions (
    deployment_id VARCHAR NOT NULL,
    generation    BIGINT NOT NULL,
    decided_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    plan          TEXT NOT NULL,
    PRIMARY KEY (deployment_id, generation)
);
