package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.WorkerLifecycle;

/** What a {@link RunFollower} hands on, all on its own thread. */
interface RunEvents {

    void result(TaskResult result);

    void demand(PoolDemand demand);

    void request(ScaleRequested request);

    void plan(ScalePlan plan);

    void worker(WorkerLifecycle event);

    void task(TaskEvent.OfTask event);

    /** A service said something of itself and the deployment. */
    void service(ServiceEvent event);

    /**
     * After each poll, at least every 100 ms.
     *
     * @param heard true if it brought anything of the deployment
     * @param connected false if no broker answers
     */
    void polled(boolean heard, boolean connected);

    /** A record of the deployment that could not be read; it was left out. */
    void unreadable(String why);

    /** The follower cannot go on and has ended. */
    void broken(RuntimeException why);
}
