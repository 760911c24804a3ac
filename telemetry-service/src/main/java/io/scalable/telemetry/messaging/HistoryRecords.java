package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.RecordLoop;
import io.scalable.telemetry.domain.Batches;
import io.scalable.telemetry.domain.Batches.Culprit;
import io.scalable.telemetry.domain.Batches.RefusedItems;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.metrics.FleetMetrics;
import io.scalable.telemetry.metrics.ServiceGauges;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import io.scalable.telemetry.store.ServicesReader;
import io.scalable.telemetry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Stores what comes, batch by batch. A record that cannot be used, or stored, is a dead letter and
 * only that; a store that is away is waited for.
 */
final class HistoryRecords implements RecordLoop.Reader {

    private record Item(ConsumerRecord<byte[], byte[]> record, HistoryEvent event) {}

    private static final Logger LOG = Logger.getLogger(HistoryRecords.class);
    private static final Duration BETWEEN_GAUGES = Duration.ofSeconds(10);

    private final HistoryWriter writer;
    private final HistoryReader reader;
    private final ServicesReader servicesReader;
    private final FleetMetrics metrics;
    private final ServiceGauges services;
    private final LetterBox letters;
    private final InstantSource clock;
    private Instant shown = Instant.EPOCH;

    HistoryRecords(
            HistoryWriter writer,
            HistoryReader reader,
            ServicesReader servicesReader,
            FleetMetrics metrics,
            ServiceGauges services,
            LetterBox letters,
            InstantSource clock) {
        this.writer = writer;
        this.reader = reader;
        this.servicesReader = servicesReader;
        this.metrics = metrics;
        this.services = services;
        this.letters = letters;
        this.clock = clock;
    }

    @Override
    public void read(List<ConsumerRecord<byte[], byte[]>> records)
            throws RecordLoop.TryAgainException {
        Instant now = clock.instant();
        var items = new ArrayList<Item>(records.size());
        var refused = new ArrayList<Culprit<ConsumerRecord<byte[], byte[]>>>();
        for (ConsumerRecord<byte[], byte[]> record : BatchOrder.of(records)) {
            try {
                Decoder.decode(record, now).forEach(e -> items.add(new Item(record, e)));
            } catch (InvalidRecordException e) {
                refused.add(new Culprit<>(record, String.valueOf(e.getMessage())));
            } catch (RuntimeException | StackOverflowError e) {
                refused.add(new Culprit<>(record, "cannot be read: " + e));
            }
        }
        List<Culprit<Item>> culprits = store(items);
        culprits.forEach(c -> refused.add(new Culprit<>(c.item().record(), c.reason())));
        letters.send(refused, now);
        count(items, culprits, now);
        metrics.read(records);
    }

    private List<Culprit<Item>> store(List<Item> items) throws RecordLoop.TryAgainException {
        try {
            return items.isEmpty() ? List.of() : Batches.store(items, this::append);
        } catch (StoreException e) {
            throw new RecordLoop.TryAgainException(String.valueOf(e.getMessage()), e);
        }
    }

    private void append(List<Item> items) throws RefusedItems {
        try {
            writer.append(items.stream().map(Item::event).toList());
        } catch (StoreException e) {
            if (e.fault() == StoreException.Fault.DATA) {
                throw new RefusedItems(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private void count(List<Item> items, List<Culprit<Item>> culprits, Instant now) {
        Set<Item> unusable = new HashSet<>();
        culprits.forEach(c -> unusable.add(c.item()));
        for (Item item : items) {
            if (!unusable.contains(item)) {
                metrics.count(item.record().partition(), item.event(), now);
                if (item.event() instanceof HistoryEvent.Demanded demanded) {
                    desired(item.record().partition(), demanded.demand().deploymentId(), now);
                }
            }
        }
    }

    /** After a start or a rebalance the plan in force is known to the store alone. */
    private void desired(int partition, String deployment, Instant now) {
        if (metrics.lacksDesired(deployment)) {
            asked(() -> reader.newestDecision(deployment))
                    .flatMap(plan -> plan)
                    .ifPresent(plan -> metrics.desired(partition, plan, now));
        }
    }

    @Override
    public void turn() {
        Instant now = clock.instant();
        metrics.forgetSilent(now);
        if (shown.plus(BETWEEN_GAUGES).isBefore(now)) {
            shown = now;
            asked(servicesReader::setAsideByService)
                    .ifPresent(
                            setAside ->
                                    asked(
                                                    () ->
                                                            servicesReader.unserved(
                                                                    now.minus(ProviderHost.SILENT)))
                                            .ifPresent(n -> services.show(n, setAside)));
        }
    }

    /** What the store answers; nothing if it is away: gauges may be late. */
    private static <T> Optional<T> asked(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (StoreException e) {
            LOG.debugf("gauges stay as they are: %s", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        metrics.revoked(
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
    }
}
