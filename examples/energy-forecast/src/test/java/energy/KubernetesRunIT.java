package energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example through a real Kubernetes API server, on nodes whose pods are processes of this
 * machine: {@code SCALABLE_TEST_KUBECONFIG} names the cluster, {@code SCALABLE_TEST_KUBE_PROCESSES}
 * a label {@code key=value} of those nodes.
 */
class KubernetesRunIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir Path folder;

    @Test
    void theExampleRunsInPods() throws Exception {
        String kubeconfig = required("SCALABLE_TEST_KUBECONFIG");
        String[] label = required("SCALABLE_TEST_KUBE_PROCESSES").split("=", 2);
        String kafka = "127.0.0.1:" + freePort();
        Path manifest = manifest(label);

        assertThat(scalable(kubeconfig, "up", "--kafka", kafka)).contains("--bootstrap " + kafka);
        try {
            assertThat(
                            scalable(
                                    kubeconfig,
                                    "run",
                                    manifest.toString(),
                                    "--target",
                                    "k8s",
                                    "--bootstrap",
                                    kafka))
                    .contains("Tasks: 454 succeeded", "Failures: none", "Cost: ");
            assertThat(scalable(kubeconfig, "sweep", manifest.toString(), "--target", "k8s"))
                    .contains("no worker without an owner")
                    .doesNotContain("scalable.io", "pod ");
        } finally {
            assertThat(scalable(kubeconfig, "down", "--delete")).contains("down");
        }
    }

    /** The example's own, with a target more. */
    private Path manifest(String[] label) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("runtime/lib")).getParent();
        Files.createSymbolicLink(
                runtime.resolve("bin"), Path.of(System.getProperty("java.home"), "bin"));
        Files.createSymbolicLink(
                runtime.resolve("lib/scalable.jar"), ROOT.resolve("cli/target/scalable.jar"));
        Path example = ROOT.resolve("examples/energy-forecast");
        Files.createSymbolicLink(folder.resolve("target"), example.resolve("target"));
        String target =
                """
                targets:
                  k8s:
                    provider: kubernetes
                    image: any/image
                    runtime: preinstalled
                    runtime_path: %s
                    node_selector: {'%s': '%s'}
                    adaptive: {minimum: 1, maximum: 3}
                    price: {per_core_hour: 0.04, per_gb_hour: 0.005, currency: USD}
                """
                        .formatted(runtime, label[0], label[1]);
        String text =
                Files.readString(example.resolve("scalable.yaml"))
                        .replace(
                                "  name: energy-forecast\n",
                                "  name: energy-forecast\n  default_storage: storage\n")
                        .replace("targets:\n", target);
        return Files.writeString(folder.resolve("scalable.yaml"), text);
    }

    private String scalable(String kubeconfig, String... words) throws Exception {
        var command = new ArrayList<>(List.of(ROOT.resolve("scalable").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(folder, "said-", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig);
        Process process = builder.start();
        assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        assumeTrue(value != null, "the example on a real cluster needs " + variable);
        return value;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
