package io.scalable.client.run;

/**
 * How far one pool is. The task counts add up to {@code total}.
 *
 * @param component the pool's component
 * @param total tasks submitted so far
 * @param blocked tasks that wait for others
 * @param queued tasks that wait for a worker
 * @param running tasks on a worker
 * @param done tasks that succeeded
 * @param failed tasks that failed for good
 * @param dropped tasks that were cancelled or skipped
 * @param ready workers that take tasks
 * @param starting workers asked for and not ready
 * @param desired workers that the newest scale plan wants
 */
public record PoolProgress(
        String component,
        int total,
        int blocked,
        int queued,
        int running,
        int done,
        int failed,
        int dropped,
        int ready,
        int starting,
        int desired) {

    /** Tasks that have not ended. */
    public int remaining() {
        return blocked + queued + running;
    }
}
