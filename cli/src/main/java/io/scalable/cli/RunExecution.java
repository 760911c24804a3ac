package io.scalable.cli;

import io.scalable.client.run.RunDriver;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run from the start of what it needs to its end.
 *
 * @param deployment to publish
 * @param tasks all its tasks
 * @param plannedOnly names of tasks that are planned and not run
 * @param folder where it is recorded
 * @param options how long it waits
 * @param data where broker and services of this process keep their data; null if they run elsewhere
 * @param starter brings up what it needs
 */
record RunExecution(
        DeploymentSpec deployment,
        List<SubmitTask> tasks,
        List<String> plannedOnly,
        RunFolder folder,
        RunOptions options,
        @Nullable Path data,
        Starter starter) {

    /** Brings up what a run needs. */
    @FunctionalInterface
    interface Starter {
        Services start(Progress view) throws IOException;
    }

    /** Tells the user how a run ended. */
    @FunctionalInterface
    interface Report {
        void print(RunOutcome outcome) throws IOException;
    }

    /**
     * Runs it and reports; whatever could be gone on with stays. The report does not wait for the
     * broker and the services to end.
     */
    RunOutcome run(Progress.Style progress, PrintWriter out, Report report) throws IOException {
        @Nullable Services services = null;
        @Nullable RunOutcome outcome = null;
        boolean began = options.again();
        try {
            try (var view = Progress.of(progress, out)) {
                services = starter.start(view);
                view.begin(deployment, tasks.size(), plannedOnly);
                services.page(deployment.deploymentId()).ifPresent(view::page);
                var driver =
                        new RunDriver(services.kafka(), deployment, tasks, folder, view, options);
                services.onLoss(driver::cutOff);
                began = true;
                outcome = drive(driver, view);
            }
            report.print(outcome);
            return outcome;
        } finally {
            // Only a run whose end is written, or that never began, needs no data.
            boolean done = outcome == null ? !began : outcome.concluded();
            end(services, done);
        }
    }

    private void end(@Nullable Services services, boolean done) throws IOException {
        if (services != null && done) {
            services.leave();
        } else if (services != null) {
            services.close();
        }
        if (data != null && done) {
            DataDirs.delete(data);
        }
    }

    private static RunOutcome drive(RunDriver driver, Progress view) throws IOException {
        try (Interrupts _ =
                Interrupts.install(
                        () -> {
                            view.warning("draining: running tasks finish; Ctrl-C again stops them");
                            driver.drain();
                        },
                        driver::stop)) {
            return driver.run();
        }
    }
}
