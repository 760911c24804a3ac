package io.scalable.provider.local;

import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import io.scalable.testkit.ADeployment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

class LocalThreadsIT extends ProviderContract {

    @TempDir Path workDir;

    @Override
    protected ProviderStage newStage() {
        return new ThreadStage(LocalSettings.of(workDir, Map.of()));
    }

    private static final class ThreadStage implements ProviderStage {

        private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
        private final LocalProvider provider;

        ThreadStage(LocalSettings settings) {
            LocalLauncher threads =
                    new ThreadLauncher(
                            settings,
                            (config, _) ->
                                    sessions.computeIfAbsent(
                                            config.workerId(), _ -> new FakeSession(config)),
                            () -> {});
            provider = new LocalProvider(threads, threads, 2, "");
        }

        @Override
        public DeploymentProvider provider() {
            return provider;
        }

        @Override
        public ADeployment deployment(String id) {
            return Deployments.aDeployment(id).provider("local");
        }

        @Override
        public Set<String> alive(String deploymentId) {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(Thread::isAlive)
                    .map(Thread::getName)
                    .filter(name -> name.startsWith(deploymentId + "-"))
                    .collect(Collectors.toSet());
        }

        @Override
        public void leave(String workerId) {
            sessions.get(workerId).drain();
        }

        @Override
        public void crash(String workerId) {
            sessions.get(workerId).crash();
        }

        @Override
        public void close() {
            sessions.values().forEach(FakeSession::close);
        }
    }
}
