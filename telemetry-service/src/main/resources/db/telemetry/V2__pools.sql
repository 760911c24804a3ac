-- What each pool needed, had and was planned to have, for charts, annotations and cost. H2 and PostgreSQL take the same file.

CREATE TABLE components (
    deployment_id VARCHAR NOT NULL,
    component     VARCHAR NOT NULL,
    cpus          DOUBLE PRECISION NOT NULL,
    memory_bytes  BIGINT NOT NULL,
    slots         INTEGER NOT NULL,
    minimum       INTEGER NOT NULL,
    maximum       INTEGER NOT NULL,
    PRIMARY KEY (deployment_id, component)
);

-- Demand as the dispatcher told it, at most one row for each pool and second.
CREATE TABLE pool_samples (
    deployment_id VARCHAR NOT NULL,
    component     VARCHAR NOT NULL,
    sampled_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    blocked       INTEGER NOT NULL,
    ready         INTEGER NOT NULL,
    running       INTEGER NOT NULL,
    done          INTEGER NOT NULL,
    idle          INTEGER NOT NULL,
    starting      INTEGER NOT NULL,
    draining      INTEGER NOT NULL,
    alive         INTEGER NOT NULL,
    PRIMARY KEY (deployment_id, component, sampled_at)
);

-- The pools of each scale plan.
CREATE TABLE pool_plans (
    deployment_id      VARCHAR NOT NULL,
    component          VARCHAR NOT NULL,
    generation         BIGINT NOT NULL,
    decided_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    desired            INTEGER NOT NULL,
    reason             TEXT NOT NULL,
    binding_constraint VARCHAR NOT NULL,
    PRIMARY KEY (deployment_id, component, generation)
);

-- The plans that changed a pool.
CREATE VIEW pool_decisions AS
SELECT deployment_id, component, generation, decided_at, workers_before, workers_after, reason, binding_constraint
FROM (SELECT deployment_id, component, generation, decided_at, reason, binding_constraint,
             desired AS workers_after,
             COALESCE(LAG(desired) OVER (PARTITION BY deployment_id, component ORDER BY generation), 0) AS workers_before
      FROM pool_plans) plans
WHERE workers_before <> workers_after;

-- What each pool has used: a worker counts from its start to its end, or until now.
CREATE VIEW pool_usage AS
SELECT used.deployment_id, used.component, used.workers_started, used.worker_seconds,
       used.worker_seconds * c.cpus / 3600 AS core_hours
FROM (SELECT w.deployment_id, w.component, COUNT(*) AS workers_started,
             CAST(SUM(EXTRACT(EPOCH FROM COALESCE(w.ended_at, d.ended_at, CURRENT_TIMESTAMP) - w.started_at)) AS DOUBLE PRECISION)
                 AS worker_seconds
      FROM workers w
      JOIN deployments d ON d.deployment_id = w.deployment_id
      WHERE w.started_at IS NOT NULL
      GROUP BY w.deployment_id, w.component) used
JOIN components c ON c.deployment_id = used.deployment_id AND c.component = used.component;
