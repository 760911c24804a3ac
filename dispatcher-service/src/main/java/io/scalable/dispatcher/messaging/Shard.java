package io.scalable.dispatcher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.Quarantine;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.dispatcher.domain.Command;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.DispatcherMachine;
import io.scalable.dispatcher.domain.Rules;
import io.scalable.dispatcher.messaging.DecisionEncoder.Encoded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The machines of one partition. A command is decided and encoded whole before a row or a record is
 * written; where that fails nothing has happened: the machine is built again from its rows, and the
 * caller is told why. A deployment on which a command of our own fails, or whose rows cannot be
 * read, is set aside; all others go on. For one thread.
 */
final class Shard {

    private static final Logger LOG = Logger.getLogger(Shard.class);
    private static final JsonCodec<ServiceEvent> EVENT = JsonCodec.of(ServiceEvent.class);

    private final Rules rules;
    private final RowStore rows;
    private final OwnTopics.Session own;
    private final Consumer<Outgoing> out;
    private final DecisionEncoder encoder;
    private final Quarantine quarantine = new Quarantine("dispatcher");
    private final Map<String, DispatcherMachine> machines = new TreeMap<>();
    private boolean caughtUp;

    /**
     * @param out takes records for topics that deployments share
     */
    Shard(
            Rules rules,
            RowStore rows,
            OwnTopics.Session own,
            Consumer<Outgoing> out,
            TaskSpans spans) {
        this.rules = rules;
        this.rows = rows;
        this.own = own;
        this.out = out;
        this.encoder = new DecisionEncoder(spans);
    }

    /**
     * Builds all machines from their rows, and tells them the results that were written although
     * their rows may not say so.
     *
     * @param newestResults of deployments, in the order in which they were written
     */
    void begin(Function<Collection<String>, List<TaskResult>> newestResults, Instant now) {
        rows.deployments().forEach(id -> rebuild(id, now));
        List<String> living =
                machines.entrySet().stream()
                        .filter(machine -> machine.getValue().spec() != null)
                        .map(Map.Entry::getKey)
                        .toList();
        if (!living.isEmpty()) {
            for (TaskResult result : newestResults.apply(living)) {
                tellOwn(result.deploymentId(), new Command.ResultAccepted(result), now);
            }
        }
    }

    /** All inputs are read to where they ended at the begin. */
    void caughtUp(Instant now) {
        caughtUp = true;
        tellAll(new Command.CaughtUp(), now);
    }

    /**
     * Time has passed.
     *
     * @param readTo everything that was on the inputs then has been taken; null until all is read
     *     that was on them at the begin
     */
    void tick(Instant now, @Nullable Instant readTo) {
        tellAll(new Command.Tick(readTo), now);
    }

    /** True if there is no deployment. */
    boolean idle() {
        return machines.isEmpty();
    }

    /** Results have arrived, or have not, or time has passed: a command of our own. */
    void tellOwn(String deploymentId, Command command, Instant now) {
        if (machines.containsKey(deploymentId)) {
            Optional<RuntimeException> problem = tell(deploymentId, command, now);
            problem.ifPresent(cause -> setAside(deploymentId, cause, now));
        }
    }

    /**
     * Has the deployment's machine decide what a record says, and carries that out.
     *
     * @return why that could not be done, for the record's dead letter; empty if it was
     */
    Optional<String> take(String deploymentId, Command command, Instant now) {
        if (quarantine.holds(deploymentId)) {
            return takeSetAside(deploymentId, command, now);
        }
        Optional<String> refused = misplacedWorker(deploymentId, command);
        if (refused.isPresent()) {
            return refused;
        }
        return tell(deploymentId, command, now).map(Shard::said);
    }

    private Optional<RuntimeException> tell(String deploymentId, Command command, Instant now) {
        DispatcherMachine machine = machine(deploymentId, now);
        Decision decision;
        Encoded encoded;
        try {
            decision = machine.decide(command, now);
            encoded = encoder.encode(deploymentId, decision);
        } catch (InvalidRecordException e) {
            rebuild(deploymentId, now);
            return Optional.of(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(
                    e,
                    "deployment %s: cannot carry out %s; going on from the last rows",
                    deploymentId,
                    command.getClass().getSimpleName());
            Metrics.counter("scalable.dispatcher.failed.commands").increment();
            rebuild(deploymentId, now);
            return Optional.of(new IllegalStateException("the dispatcher failed on it: " + e, e));
        }
        carry(deploymentId, encoded);
        if (command instanceof Command.Ended) {
            own.forget(deploymentId);
        }
        if (machine.empty()) {
            machines.remove(deploymentId);
        }
        return Optional.ofNullable(decision.refused())
                .map(reason -> new InvalidRecordException(reason, null));
    }

    private void carry(String deploymentId, Encoded encoded) {
        rows.write(deploymentId, encoded.rows());
        encoded.shared().forEach(out);
        encoded.results().forEach(r -> own.result(deploymentId, r.taskId(), r.record()));
        if (!encoded.assignments().isEmpty()) {
            own.assignments(encoded.assignments());
        }
    }

    private DispatcherMachine machine(String deploymentId, Instant now) {
        DispatcherMachine known = machines.get(deploymentId);
        if (known != null) {
            return known;
        }
        DispatcherMachine fresh = DispatcherMachine.fresh(deploymentId, rules);
        machines.put(deploymentId, fresh);
        if (!caughtUp) {
            tellOwn(deploymentId, new Command.Recovered(), now);
        }
        return fresh;
    }

    private void tellAll(Command command, Instant now) {
        List.copyOf(machines.keySet()).forEach(id -> tellOwn(id, command, now));
    }

    /** Makes the machine anew from its rows: a command that failed has written none. */
    private void rebuild(String deploymentId, Instant now) {
        machines.remove(deploymentId);
        try {
            var kept = rows.of(deploymentId);
            machines.put(deploymentId, DispatcherMachine.of(deploymentId, rules, kept.stream()));
        } catch (RuntimeException | StackOverflowError e) {
            setAside(deploymentId, e, now);
            return;
        }
        recover(deploymentId, new Command.Recovered(), now);
        if (caughtUp) {
            recover(deploymentId, new Command.CaughtUp(), now);
        }
    }

    /** Not by way of {@link #tell}: where this fails, another rebuild would fail the same way. */
    private void recover(String deploymentId, Command command, Instant now) {
        DispatcherMachine machine = machines.get(deploymentId);
        if (machine == null) {
            return;
        }
        try {
            carry(deploymentId, encoder.encode(deploymentId, machine.decide(command, now)));
        } catch (InvalidRecordException | IllegalStateException | IllegalArgumentException e) {
            setAside(deploymentId, e, now);
        }
    }

    private void setAside(String deploymentId, Throwable cause, Instant now) {
        machines.remove(deploymentId);
        own.forget(deploymentId);
        quarantine
                .setAside(deploymentId, cause, now)
                .ifPresent(
                        event -> {
                            LOG.errorf(
                                    cause instanceof InvalidRecordException ? null : cause,
                                    "deployment %s is set aside until it is published again or"
                                            + " ended: %s",
                                    deploymentId,
                                    event.reason());
                            Metrics.counter("scalable.dispatcher.set.aside").increment();
                            publish(event);
                        });
    }

    private Optional<String> takeSetAside(String deploymentId, Command command, Instant now) {
        String reason = Objects.requireNonNull(quarantine.all().get(deploymentId)).reason();
        switch (command) {
            case Command.Ended _ -> {
                rows.delete(deploymentId);
                release(deploymentId, now);
                return tell(deploymentId, command, now).map(Shard::said);
            }
            case Command.Declared _ -> {
                release(deploymentId, now);
                rebuild(deploymentId, now);
                return quarantine.holds(deploymentId)
                        ? Optional.of(refusal(deploymentId, reason))
                        : tell(deploymentId, command, now).map(Shard::said);
            }
            case Command.Asked _ -> {
                return Optional.of(refusal(deploymentId, reason));
            }
            case Command.Reported(AttemptFinished _) -> {
                return Optional.of(refusal(deploymentId, reason));
            }
            default -> {
                // Signs of life and plans come again by themselves.
                Metrics.counter("scalable.dispatcher.passed.over").increment();
                return Optional.empty();
            }
        }
    }

    private void release(String deploymentId, Instant now) {
        quarantine
                .release(deploymentId, now)
                .ifPresent(
                        event -> {
                            LOG.infof("deployment %s is taken up again", deploymentId);
                            publish(event);
                        });
    }

    private void publish(ServiceEvent event) {
        out.accept(
                new Outgoing(
                        event.key().getBytes(StandardCharsets.UTF_8),
                        Topics.SERVICE_EVENTS,
                        null,
                        EVENT.encode(event),
                        SchemaHeader.of((java.lang.Record) event)));
    }

    /** A worker that reads a partition which the deployment's topic does not have reads nothing. */
    private Optional<String> misplacedWorker(String deploymentId, Command command) {
        if (!(command instanceof Command.Reported(var report))) {
            return Optional.empty();
        }
        int partition =
                switch (report) {
                    case WorkerReady ready -> ready.partition();
                    case WorkerHeartbeat beat -> beat.partition();
                    default -> 0;
                };
        DispatcherMachine machine = machines.get(deploymentId);
        DeploymentSpec spec = machine == null ? null : machine.spec();
        return spec == null || partition < spec.assignmentPartitions()
                ? Optional.empty()
                : Optional.of(
                        "partition: found %d, wanted 0 to %d, the partitions of %s"
                                .formatted(
                                        partition,
                                        spec.assignmentPartitions() - 1,
                                        Topics.assignments(deploymentId)));
    }

    private static String refusal(String deploymentId, String reason) {
        return "the dispatcher has set deployment %s aside (%s): deploy it again, or undeploy it"
                .formatted(deploymentId, reason);
    }

    private static String said(RuntimeException problem) {
        return String.valueOf(problem.getMessage());
    }
}
