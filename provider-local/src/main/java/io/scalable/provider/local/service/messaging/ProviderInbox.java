package io.scalable.provider.local.service.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.local.service.ProviderLocalService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Deployments and scale plans, read from the beginning at every start. */
@ApplicationScoped
public class ProviderInbox {

    private static final JsonCodec<DeploymentSpec> DEPLOYMENTS = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScalePlan> PLANS = JsonCodec.of(ScalePlan.class);

    private final ProviderLocalService service;
    private final DeadLetterOutbox deadLetters;

    @Inject
    public ProviderInbox(ProviderLocalService service, DeadLetterOutbox deadLetters) {
        this.service = service;
        this.deadLetters = deadLetters;
    }

    /** Hands one record on. A record that does not decode is put aside, and nothing stops. */
    @Incoming("provider-local-in")
    public CompletionStage<Void> receive(ConsumerRecord<String, byte[]> entry) {
        Consumer<ProviderHost> work;
        try {
            work = decode(entry);
        } catch (InvalidRecordException e) {
            deadLetters.put(entry, String.valueOf(e.getMessage()));
            return CompletableFuture.completedFuture(null);
        }
        return service.submit(work);
    }

    private static Consumer<ProviderHost> decode(ConsumerRecord<String, byte[]> entry) {
        return switch (entry.topic()) {
            case Topics.DEPLOYMENTS -> deployment(entry.key(), entry.value());
            case Topics.SCALE_PLANS -> plan(entry.value());
            default -> throw new InvalidRecordException("nobody reads this topic here", null);
        };
    }

    private static Consumer<ProviderHost> deployment(
            @Nullable String key, byte @Nullable [] value) {
        if (value != null) {
            DeploymentSpec deployment = DEPLOYMENTS.decode(value);
            return host -> host.deploymentChanged(deployment);
        }
        if (key == null) {
            throw new InvalidRecordException(
                    "a tombstone needs the deployment's id as its key, found none", null);
        }
        return host -> host.deploymentEnded(key);
    }

    /** A plan's tombstone says nothing: its deployment's does. */
    private static Consumer<ProviderHost> plan(byte @Nullable [] value) {
        if (value == null) {
            return _ -> {};
        }
        ScalePlan plan = PLANS.decode(value);
        return host -> host.planChanged(plan);
    }
}
