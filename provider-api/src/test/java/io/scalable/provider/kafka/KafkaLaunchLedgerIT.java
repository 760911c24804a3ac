package io.scalable.provider.kafka;

import static io.scalable.provider.Deployments.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.Launch.Step;
import io.scalable.testkit.TestBroker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaLaunchLedgerIT {

    private static TestBroker broker;
    private static Map<String, String> kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start();
        kafka = broker.clientProperties();
        try (var admin = new TopicAdmin(kafka)) {
            admin.ensureShared(3);
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void anotherProcessReadsTheNewestEntryOfEveryWorkerThatIsNotForgotten() {
        try (var ledger = new KafkaLaunchLedger(kafka)) {
            ledger.write(List.of(launch(1, Step.INTENDED), launch(2, Step.INTENDED)));
            ledger.write(List.of(launch(1, Step.LAUNCHED), launch(3, Step.INTENDED)));
            ledger.forget(List.of("d-a-2"));
        }

        try (var ledger = new KafkaLaunchLedger(kafka)) {
            assertThat(ledger.read())
                    .containsExactlyInAnyOrder(launch(1, Step.LAUNCHED), launch(3, Step.INTENDED));
        }
    }

    private static Launch launch(int ordinal, Step step) {
        return new Launch("d", "a", "d-a-" + ordinal, ordinal, step, null, START);
    }
}
