package io.scalable.provider.cloud.kubernetes;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.time.InstantSource;

/** The contract on an API server without a cluster. */
class FakeKubernetesIT extends ProviderContract {

    @Override
    protected ProviderStage newStage() {
        return new FakeKubernetesStage(InstantSource.system(), KubernetesPacing.defaults());
    }
}
