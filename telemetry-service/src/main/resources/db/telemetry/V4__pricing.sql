-- What a deployment's workers cost, as JSON; null where they have no price. H2 and PostgreSQL take the same file.

ALTER TABLE deployments ADD COLUMN pricing TEXT;
