-- Where to find what tasks print, and the last words of workers that failed. H2 and PostgreSQL take the same file.

ALTER TABLE deployments ADD COLUMN storage VARCHAR;
ALTER TABLE workers ADD COLUMN log TEXT;
ALTER TABLE workers ADD COLUMN failure_class VARCHAR;
CREATE INDEX tasks_by_worker ON tasks (deployment_id, worker_id);
