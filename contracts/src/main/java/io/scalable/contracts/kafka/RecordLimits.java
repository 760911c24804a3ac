package io.scalable.contracts.kafka;

import io.scalable.contracts.Ids;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Json;
import io.scalable.contracts.Limits;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Batch;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Holds decoded records to {@link Limits}. */
final class RecordLimits {

    private RecordLimits() {}

    /**
     * @throws InvalidRecordException if the record is beyond a limit; the message names both
     */
    static void check(Object body) {
        switch (body) {
            case Batch<?> batch -> {
                range("parts of the record", batch.parts().size(), 1, Limits.BATCH_PARTS);
                batch.parts().forEach(RecordLimits::check);
            }
            case TaskCommand command -> command(command);
            case WorkerReport report -> report(report);
            case TaskEvent event -> event(event);
            case DeploymentSpec spec -> deployment(spec);
            case TaskResult result -> {
                deploymentId(result.deploymentId());
                id("taskId", result.taskId());
                name("task", result.task());
                name("component", result.component());
            }
            case WorkerLifecycle event -> {
                deploymentId(event.deploymentId());
                name("component", event.component());
                id("workerId", event.workerId());
            }
            case Launch launch -> {
                deploymentId(launch.deploymentId());
                name("component", launch.component());
                id("workerId", launch.workerId());
            }
            case PoolDemand demand -> deploymentId(demand.deploymentId());
            case ScalePlan plan -> deploymentId(plan.deploymentId());
            case DurationsLearned durations -> deploymentId(durations.deploymentId());
            case ScaleRequested request -> {
                deploymentId(request.deploymentId());
                name("component", request.component());
            }
            default -> {}
        }
    }

    static void deploymentId(String id) {
        if (!Ids.isDeploymentId(id)) {
            throw invalid(
                    "deploymentId: found %s, wanted 1 to 128 letters, digits, '.', '-', '_'"
                            .formatted(quoted(id)));
        }
    }

    private static void command(TaskCommand command) {
        deploymentId(command.deploymentId());
        switch (command) {
            case SubmitTask submit -> submit(submit);
            case CancelTask cancel -> id("taskId", cancel.taskId());
            default -> {}
        }
    }

    private static void submit(SubmitTask submit) {
        id("taskId", submit.taskId());
        name("task", submit.task());
        name("tag", submit.tag());
        range("index", submit.index(), 0, Integer.MAX_VALUE);
        range("needs", submit.needs().size(), 0, Limits.NEEDS);
        submit.needs().forEach(need -> id("needs", need));
        range("retries", submit.retries(), 0, Limits.RETRIES);
        seconds("timeoutSeconds", submit.timeoutSeconds());
        expected("expectSeconds", submit.expectSeconds());
        if (submit.work() instanceof Work.Command command) {
            command(command);
        }
    }

    private static void command(Work.Command command) {
        range("work.argv", command.argv().size(), 1, Limits.ARGV_WORDS);
        long all = 0;
        for (String word : command.argv()) {
            int bytes = word.getBytes(StandardCharsets.UTF_8).length;
            range("bytes of a word of work.argv", bytes, 0, Limits.ARGV_WORD_BYTES);
            if (word.indexOf('\0') >= 0) {
                throw invalid("work.argv: no program can be given the character U+0000");
            }
            all += bytes;
        }
        range("bytes of work.argv", all, 0, Limits.ARGV_BYTES);
    }

    private static void report(WorkerReport report) {
        deploymentId(report.deploymentId());
        id("workerId", report.workerId());
        switch (report) {
            case WorkerReady ready -> {
                name("component", ready.component());
                place(ready.slots(), ready.partition());
            }
            case WorkerHeartbeat beat -> {
                name("component", beat.component());
                place(beat.slots(), beat.partition());
            }
            case AttemptStarted started -> attempt(started.taskId(), started.attempt());
            case AttemptFinished finished -> {
                attempt(finished.taskId(), finished.attempt());
                if (!(finished.durationSeconds() >= 0)
                        || finished.durationSeconds() > Limits.LONGEST_SECONDS) {
                    throw invalid(
                            "durationSeconds: found %s, wanted 0 to %.0f"
                                    .formatted(finished.durationSeconds(), Limits.LONGEST_SECONDS));
                }
            }
            default -> {}
        }
    }

    private static void place(int slots, int partition) {
        range("slots", slots, 1, Limits.SLOTS);
        range("partition", partition, 0, Limits.ASSIGNMENT_PARTITIONS - 1);
    }

    private static void attempt(String taskId, int attempt) {
        id("taskId", taskId);
        range("attempt", attempt, 1, Integer.MAX_VALUE);
    }

    private static void event(TaskEvent event) {
        deploymentId(event.deploymentId());
        if (event instanceof TaskEvent.OfTask of) {
            id("taskId", of.taskId());
            name("task", of.task());
            name("component", of.component());
        }
    }

    private static void deployment(DeploymentSpec spec) {
        deploymentId(spec.deploymentId());
        name("project", spec.project());
        name("providerHost", spec.providerHost());
        range("assignmentPartitions", spec.assignmentPartitions(), 1, Limits.ASSIGNMENT_PARTITIONS);
        seconds("deadlineSeconds", spec.deadlineSeconds());
        for (ComponentSpec component : spec.components()) {
            componentName(component.name());
            range("components.slots", component.slots(), 1, Limits.SLOTS);
        }
        for (TaskGroup group : spec.tasks()) {
            name("tasks.name", group.name());
            range("tasks.count", group.count(), 0, Limits.TASKS_OF_A_NAME);
            expected("tasks.expectSeconds", group.expectSeconds());
        }
    }

    private static void componentName(String found) {
        name("components.name", found);
        if (!Ids.isComponentName(found)) {
            throw invalid(
                    "components.name: found %s, wanted letters, digits, '.', '-', '_'"
                            .formatted(quoted(found)));
        }
    }

    private static void seconds(String field, @Nullable Double seconds) {
        if (seconds != null && !(seconds > 0 && seconds <= Limits.LONGEST_SECONDS)) {
            throw invalid(
                    "%s: found %s, wanted a number of seconds above 0, at most %.0f"
                            .formatted(field, seconds, Limits.LONGEST_SECONDS));
        }
    }

    private static void expected(String field, @Nullable Double seconds) {
        if (seconds != null && !(seconds >= 0 && seconds <= Limits.LONGEST_SECONDS)) {
            throw invalid(
                    "%s: found %s, wanted a number of seconds from 0 to %.0f"
                            .formatted(field, seconds, Limits.LONGEST_SECONDS));
        }
    }

    private static void range(String what, long found, long least, long most) {
        if (found < least || found > most) {
            throw invalid("%s: found %d, wanted %d to %d".formatted(what, found, least, most));
        }
    }

    private static void name(String field, String found) {
        text(field, found, Limits.NAME_CHARS);
    }

    private static void id(String field, String found) {
        text(field, found, Limits.ID_CHARS);
    }

    private static void text(String field, String found, int most) {
        if (found.isBlank()) {
            throw invalid(field + " is missing");
        }
        if (found.length() > most) {
            throw invalid(
                    "%s: found %d characters, wanted at most %d"
                            .formatted(field, found.length(), most));
        }
        for (int i = 0; i < found.length(); i++) {
            if (found.charAt(i) < ' ') {
                throw invalid(
                        "%s: found the control character U+%04X, wanted printable text"
                                .formatted(field, (int) found.charAt(i)));
            }
        }
    }

    private static String quoted(String text) {
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        return Json.mapper().valueToTree(shown).toString();
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(message, null);
    }
}
