package io.scalable.provider.cloud.gcp;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;

/** The contract on Cloud Run's API over HTTP. */
class CloudRunIT extends ProviderContract {

    private static DiscoveryDocument document;

    @BeforeAll
    static void readTheApisDescription() {
        document = DiscoveryDocument.of("run.v2");
    }

    @Override
    protected ProviderStage newStage() {
        var stage = new CloudRunStage(document, InstantSource.system(), CloudRunStage.QUICK);
        stage.cloud.manners.creation = Duration.ofMillis(30);
        stage.cloud.manners.start = Duration.ofMillis(30);
        stage.cloud.manners.grace = Duration.ofSeconds(2);
        return stage;
    }
}
