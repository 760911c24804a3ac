package io.scalable.client.run;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment on services fares.
 *
 * @param plan the newest scale plan; null before the first
 * @param setAside the services that leave it alone, and why
 * @param missing what its tasks wait for and nobody has submitted, the first ten
 * @param providers the providers of its provider host; null if nobody serves that host
 */
public record DeploymentCondition(
        @Nullable ScalePlan plan,
        List<DeploymentSetAside> setAside,
        List<MissingNeed> missing,
        @Nullable List<String> providers) {

    public DeploymentCondition {
        setAside = List.copyOf(setAside);
        missing = List.copyOf(missing);
        providers = providers == null ? null : List.copyOf(providers);
    }

    /**
     * Asks the topics.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     * @throws RunException if they do not answer or refuse
     */
    public static DeploymentCondition of(
            Map<String, String> kafka, DeploymentSpec spec, Duration patience) {
        var reader = new Reader(spec.deploymentId());
        TopicScan.read(kafka, Topics.SCALE_PLANS, patience, reader::read);
        TopicScan.read(kafka, Topics.POOL_DEMAND, patience, reader::read);
        TopicScan.read(kafka, Topics.SERVICE_EVENTS, patience, reader::read);
        String host = spec.providerHost();
        List<String> providers =
                ProviderHosts.living(kafka, patience, hosts -> hosts.containsKey(host)).get(host);
        return new DeploymentCondition(
                reader.plan, List.copyOf(reader.setAside.values()), reader.missing, providers);
    }

    private static final class Reader {

        private final String deploymentId;
        private final Map<String, DeploymentSetAside> setAside = new TreeMap<>();
        private @Nullable ScalePlan plan;
        private List<MissingNeed> missing = List.of();

        Reader(String deploymentId) {
            this.deploymentId = deploymentId;
        }

        void read(ConsumerRecord<byte[], byte[]> record) {
            try {
                TopicRecord known =
                        TopicRecords.decode(record.topic(), record.key(), record.value());
                if (deploymentId.equals(known.deploymentId())) {
                    take(record.topic(), known);
                }
            } catch (InvalidRecordException e) {
                // Says nothing of this deployment.
            }
        }

        private void take(String topic, TopicRecord known) {
            switch (known) {
                case TopicRecord.Tombstone _ -> {
                    if (topic.equals(Topics.SCALE_PLANS)) {
                        plan = null;
                    } else if (topic.equals(Topics.POOL_DEMAND)) {
                        missing = List.of();
                    }
                }
                case TopicRecord.Present(var _, ScalePlan newest) -> plan = newest;
                case TopicRecord.Present(var _, PoolDemand demand) -> missing = demand.missing();
                case TopicRecord.Present(var _, DeploymentSetAside aside) ->
                        setAside.put(aside.service(), aside);
                case TopicRecord.Present(var _, DeploymentReleased released) ->
                        setAside.remove(released.service());
                case TopicRecord.Present _ -> {}
            }
        }
    }
}
