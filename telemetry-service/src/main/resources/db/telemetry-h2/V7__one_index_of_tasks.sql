-- Each move of a task was written to these indexes, too: almost half of what history cost. H2 holds the deployments of one
-- control plane, whose tasks are soon looked through.

DROP INDEX tasks_by_state;
DROP INDEX tasks_by_worker;
