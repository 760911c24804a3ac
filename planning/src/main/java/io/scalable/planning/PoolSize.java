package io.scalable.planning;

/**
 * How large a pool should be for its work.
 *
 * @param workers the count
 * @param reason why, for people
 * @param constraint what kept it from being different, as in a plan
 */
record PoolSize(int workers, String reason, String constraint) {

    static final String TASKS = "tasks";
    static final String MAXIMUM = "maximum";
    static final String MINIMUM = "minimum";
    static final String MAX_WORKERS = "max_workers";
    static final String MAX_COST_PER_HOUR = "max_cost_per_hour";
    static final String BUDGET = "budget";
    static final String WALLTIME = "walltime";
    static final String OBJECTIVE = "objective";
    static final String COOLDOWN = "cooldown";
    static final String UTILISATION = "utilisation";
    static final String START_FAILURES = "start_failures";
    static final String STALE_DEMAND = "stale_demand";
    static final String MANUAL = "manual";
    static final String REQUEST = "request";
}
