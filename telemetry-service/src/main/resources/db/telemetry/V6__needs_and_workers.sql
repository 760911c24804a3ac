-- Tasks that others wait for and nobody has submitted, and sums of workers whose rows were forgotten.
-- H2 and PostgreSQL take the same file.

CREATE TABLE missing_needs (
    deployment_id VARCHAR NOT NULL,
    need          VARCHAR NOT NULL,
    waiting       INTEGER NOT NULL,
    PRIMARY KEY (deployment_id, need)
);

-- Workers of living deployments whose rows are gone, by pool.
CREATE TABLE forgotten_workers (
    deployment_id  VARCHAR NOT NULL,
    component      VARCHAR NOT NULL,
    workers        BIGINT NOT NULL,
    started        BIGINT NOT NULL,
    worker_seconds DOUBLE PRECISION NOT NULL,
    spent          DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (deployment_id, component)
);

-- What each pool has used: a worker counts from its start to its end, or until now, also after its row is gone.
DROP VIEW pool_usage;
CREATE VIEW pool_usage AS
SELECT used.deployment_id, used.component, used.workers_started, used.worker_seconds,
       used.worker_seconds * c.cpus / 3600 AS core_hours
FROM (SELECT deployment_id, component, CAST(SUM(started) AS BIGINT) AS workers_started, SUM(worker_seconds) AS worker_seconds
      FROM (SELECT w.deployment_id, w.component, COUNT(*) AS started,
                   CAST(SUM(EXTRACT(EPOCH FROM COALESCE(w.ended_at, d.ended_at, CURRENT_TIMESTAMP) - w.started_at)) AS DOUBLE PRECISION)
                       AS worker_seconds
            FROM workers w
            JOIN deployments d ON d.deployment_id = w.deployment_id
            WHERE w.started_at IS NOT NULL
            GROUP BY w.deployment_id, w.component
            UNION ALL
            SELECT deployment_id, component, started, worker_seconds FROM forgotten_workers WHERE started > 0) parts
      GROUP BY deployment_id, component) used
JOIN components c ON c.deployment_id = used.deployment_id AND c.component = used.component;
