package io.scalable.client.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Says in plain words what is wrong with Kafka, and what to do. */
final class KafkaTrouble {

    private KafkaTrouble() {}

    static RunException explained(Throwable trouble, Map<String, String> kafka, Duration patience) {
        if (trouble instanceof RunException known) {
            return known;
        }
        String where = brokers(kafka);
        for (Throwable e = trouble; e != null; e = e.getCause()) {
            String words = words(e, where, patience);
            if (words != null) {
                return new RunException(words, trouble);
            }
        }
        return new RunException(
                "the Kafka broker at " + where + " failed us: " + trouble.getMessage(), trouble);
    }

    static String brokers(Map<String, String> kafka) {
        return kafka.getOrDefault(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "(no bootstrap.servers given)");
    }

    private static @Nullable String words(Throwable e, String where, Duration patience) {
        return switch (e) {
            case TimeoutException _, org.apache.kafka.common.errors.TimeoutException _ ->
                    "no Kafka broker answers at "
                            + where
                            + " within "
                            + patience.toSeconds()
                            + " s; check that it runs, its address and the security settings";
            case AuthenticationException _ ->
                    "the Kafka broker at "
                            + where
                            + " refuses the credentials ("
                            + e.getMessage()
                            + "); check the security settings";
            case AuthorizationException _ ->
                    "the Kafka broker at "
                            + where
                            + " does not permit it: "
                            + e.getMessage()
                            + "; ask for these rights";
            case ConfigException _ ->
                    "the Kafka settings are wrong: " + e.getMessage() + " (brokers: " + where + ")";
            case RecordTooLargeException _ ->
                    "a record is too large for the broker at "
                            + where
                            + ": "
                            + e.getMessage()
                            + "; raise its message.max.bytes";
            case InvalidTopicException _ ->
                    "the broker at "
                            + where
                            + " does not take a deployment of this id: "
                            + e.getMessage()
                            + "; choose another id (it takes '.' and '_' for the same)";
            default -> null;
        };
    }
}
