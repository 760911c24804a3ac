package io.scalable.provider;

import io.scalable.testkit.ADeployment;
import java.util.Set;

class FakeProviderTest extends ProviderContract {

    @Override
    protected ProviderStage newStage() {
        var provider = new FakeProvider();
        return new ProviderStage() {
            @Override
            public DeploymentProvider provider() {
                return provider;
            }

            @Override
            public ADeployment deployment(String id) {
                return Deployments.aDeployment(id);
            }

            @Override
            public Set<String> alive(String deploymentId) {
                return provider.backend(deploymentId).alive();
            }

            @Override
            public void leave(String workerId) {
                backendOf(workerId).end(workerId, 0);
            }

            @Override
            public void crash(String workerId) {
                backendOf(workerId).end(workerId, 137);
            }

            private FakeBackend backendOf(String workerId) {
                String withoutOrdinal = workerId.substring(0, workerId.lastIndexOf('-'));
                return provider.backend(
                        withoutOrdinal.substring(0, withoutOrdinal.lastIndexOf('-')));
            }

            @Override
            public void close() {}
        };
    }
}
