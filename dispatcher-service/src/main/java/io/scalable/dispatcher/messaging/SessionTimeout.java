package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/**
 * How soon the group notices that an instance is dead: as soon as is sensible, but no sooner than
 * the brokers allow, which would refuse the instance.
 */
final class SessionTimeout {

    private static final Logger LOG = Logger.getLogger(SessionTimeout.class);
    private static final String SETTING = "group.min.session.timeout.ms";
    private static final Duration WANTED = Duration.ofSeconds(3);

    /** Kafka's default of the setting, for brokers that do not tell. */
    private static final Duration USUAL = Duration.ofSeconds(6);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private SessionTimeout() {}

    /** The timeout for instances on these brokers. */
    static Duration on(Admin admin) {
        try {
            Duration least = WANTED;
            for (Node node : get(admin.describeCluster().nodes())) {
                var broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
                Config config = get(admin.describeConfigs(List.of(broker)).all()).get(broker);
                ConfigEntry entry = config == null ? null : config.get(SETTING);
                Duration allowed =
                        entry == null || entry.value() == null
                                ? USUAL
                                : Duration.ofMillis(Long.parseLong(entry.value()));
                least = allowed.compareTo(least) > 0 ? allowed : least;
            }
            return least;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("the brokers do not say their %s: %s", SETTING, e.getMessage());
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
