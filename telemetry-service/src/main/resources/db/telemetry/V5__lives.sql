-- Who should run a deployment's workers, what the services say of themselves, and sums of rows that were forgotten.
-- H2 and PostgreSQL take the same file.

ALTER TABLE deployments ADD COLUMN provider_host VARCHAR;

-- Deployments that a service does not process until they are released.
CREATE TABLE set_aside (
    deployment_id VARCHAR NOT NULL,
    service       VARCHAR NOT NULL,
    reason        TEXT NOT NULL,
    set_aside_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (deployment_id, service)
);

-- When telemetry last heard that a provider host lives, by telemetry's clock.
CREATE TABLE provider_hosts (
    host_id   VARCHAR NOT NULL,
    providers VARCHAR NOT NULL,
    heard_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (host_id)
);

-- Tasks of living deployments whose rows are gone, by the state that they ended in.
CREATE TABLE forgotten_tasks (
    deployment_id    VARCHAR NOT NULL,
    state            VARCHAR NOT NULL,
    tasks            BIGINT NOT NULL,
    first_queued_at  TIMESTAMP(6) WITH TIME ZONE,
    last_finished_at TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (deployment_id, state)
);

-- The plans that changed a pool. The oldest kept plan is a change only if it is the deployment's first.
DROP VIEW pool_decisions;
CREATE VIEW pool_decisions AS
SELECT deployment_id, component, generation, decided_at, workers_before, workers_after, reason, binding_constraint
FROM (SELECT deployment_id, component, generation, decided_at, reason, binding_constraint,
             desired AS workers_after,
             COALESCE(LAG(desired) OVER (PARTITION BY deployment_id, component ORDER BY generation),
                      CASE WHEN generation > 1 AND generation = MIN(generation) OVER (PARTITION BY deployment_id)
                           THEN desired ELSE 0 END) AS workers_before
      FROM pool_plans) plans
WHERE workers_before <> workers_after;
