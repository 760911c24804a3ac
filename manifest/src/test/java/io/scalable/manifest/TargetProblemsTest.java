package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static io.scalable.manifest.ManifestTester.warning;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetProblemsTest {

    private static String local(String option) {
        return """
        version: 1
        targets:
          here:
            provider: local
            %s
        components: {fit: {}}
        tasks: {fit: {component: fit}}
        """
                .formatted(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "'4'",
                "\"4\"",
                "1.5",
                "4.0",
                "null",
                "~",
                "true",
                "false",
                "[4]",
                "many",
                "{a: 1}",
                "99999999999"
            })
    void maxWorkersIsAPositiveInteger(String value) {
        Problem problem = onlyError("E_BAD_MAX_WORKERS", local("max_workers: §" + value));

        assertThat(problem.message()).startsWith("max_workers must be a positive integer, found ");
        assertThat(problem.path()).isEqualTo("targets.here.max_workers");
    }

    @Test
    void anEmptyMaxWorkersIsNoPositiveInteger() {
        assertThat(load(local("max_workers:")).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.code()).isEqualTo("E_BAD_MAX_WORKERS"))
                .satisfies(p -> assertThat(p.line()).isEqualTo(5));
    }

    @Test
    void aProblemReadsAsOneLine() {
        assertThat(load(local("max_workers: \"4\"")).errors())
                .singleElement()
                .hasToString(
                        "E_BAD_MAX_WORKERS work/scalable.yaml:5:18 targets.here.max_workers:"
                                + " max_workers must be a positive integer, found \"4\" (quotes"
                                + " make it a text; write 4)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "'true'", "1", "null", "[true]"})
    void processesIsABoolean(String value) {
        onlyError("E_BAD_PROCESSES_FLAG", local("processes: §" + value));
    }

    @Test
    void aMisspeltContainerRuntimeIsSaidSoWithTheNearest() {
        Problem problem = onlyError("E_BAD_CONTAINERS_MODE", local("containers: §dokcer"));

        assertThat(problem.message()).contains("'docker'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "two", "'2'"})
    void threadsPerWorkerIsAPositiveInteger(String value) {
        onlyError("E_BAD_VALUE", local("threads_per_worker: §" + value));
    }

    @Test
    void anUnknownOptionOfLocalIsAWarningWithTheNearestName() {
        Problem problem = warning("W_UNKNOWN_LOCAL_OPTION", local("§max_worker: 4"));

        assertThat(problem.message()).contains("did you mean 'max_workers'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "0", "-5m", "10:30", "01:75:00", "[1]", "1-30:00:00"})
    void aWalltimeIsADuration(String value) {
        onlyError("E_BAD_WALLTIME", local("walltime: §" + value));
    }

    @ParameterizedTest
    @CsvSource({"minimise cost, minimize cost", "ballance, balance"})
    void anUnknownObjectiveNamesTheNearest(String value, String nearest) {
        Problem problem = onlyError("E_BAD_VALUE", local("objective: §" + value));

        assertThat(problem.message()).contains("did you mean '" + nearest + "'?");
    }

    @Test
    void anUnknownPolicyNamesTheKnown() {
        Problem problem = onlyError("E_BAD_VALUE", local("policy: §wild"));

        assertThat(problem.message()).contains("one of safe, aggressive, manual, found 'wild'");
    }

    @Test
    void anUnknownProviderNamesTheNearest() {
        Problem problem =
                onlyError(
                        "E_UNKNOWN_PROVIDER",
                        """
                        version: 1
                        targets:
                          hpc:
                            provider: §slrum
                            queue: batch
                        """);

        assertThat(problem.message()).contains("'slrum'").contains("did you mean 'slurm'?");
        assertThat(problem.path()).isEqualTo("targets.hpc.provider");
    }

    @Test
    void aTargetNeedsAProvider() {
        onlyError("E_MISSING_KEY", "version: 1\ntargets:\n  §hpc:\n    queue: batch\n");
        onlyError("E_MISSING_KEY", "version: 1\ntargets:\n  §hpc:\n");
    }

    @Test
    void aTargetIsAMap() {
        assertThat(load("version: 1\ntargets: {a: [1]}").errors())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("E_BAD_VALUE", "E_MISSING_KEY");
    }

    @Test
    void anOverlayThatATargetNamesMustExist() {
        Problem problem =
                onlyError(
                        "E_UNKNOWN_OVERLAY",
                        """
                        version: 1
                        targets:
                          here: {provider: local, overlay: §smal}
                        overlays:
                          small: {}
                        """);

        assertThat(problem.message()).contains("did you mean 'small'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minimum: §-1",
                "minimum: §some",
                "maximum: §0",
                "maximum: §'3'",
                "minimum: §5, maximum: 4",
                "scale_up_threshold: §1.5",
                "cooldown_seconds: §-1",
                "minimum: §4",
                "maximum: {fit: §0}"
            })
    void adaptiveBoundsAreWholeAndInOrder(String entry) {
        onlyError("E_BAD_ADAPTIVE", local("adaptive: {" + entry + "}"));
    }

    @Test
    void adaptiveNamesKnownComponents() {
        Problem problem = onlyError("E_UNKNOWN_COMPONENT", local("adaptive: {maximum: {§fti: 3}}"));

        assertThat(problem.message()).contains("did you mean 'fit'?");
    }

    @Test
    void anUnknownOptionOfAdaptiveIsAWarning() {
        warning("W_UNKNOWN_ADAPTIVE_OPTION", local("adaptive: {§minimun: 1}"));
    }

    @Test
    void optionsOfOtherProvidersPassThrough() {
        assertThat(load("version: 1\ntargets: {c: {provider: aws, subnets: [a, b]}}").errors())
                .isEmpty();
    }

    @Test
    void aManifestWithoutTargetsOrTasksGetsWarnings() {
        LoadedManifest loaded = load("version: 1\n");

        assertThat(loaded.ok()).isTrue();
        assertThat(loaded.warnings())
                .extracting(Problem::code)
                .containsExactly("W_NO_TARGETS", "W_NO_TASKS");
    }

    @Test
    void aNameMayBeAWordThatOlderYamlTakesForABoolean() {
        assertThat(load("version: 1\ntargets: {on: {provider: local}, no: {provider: local}}"))
                .satisfies(l -> assertThat(l.orThrow().targetNames()).containsExactly("on", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "'a b'", ".a", "''", "a*"})
    void aNameIsSafeInIdsAndFiles(String name) {
        onlyError("E_BAD_NAME", "version: 1\ntargets:\n  §" + name + ": {provider: local}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider: slurm, comm_port: §0",
                "provider: slurm, suppress_logs: §'no'",
                "provider: slurm, extra_directives: [§exclusive]",
                "provider: slurm, queue: §[a]",
                "provider: aws, cluster_type: §fargat",
                "provider: aws, worker_cpu: §'4096'",
                "provider: aws, subnets: §{a: b}",
                "provider: aws, subnets: [§[a]]",
                "provider: aws, spot: §maybe",
                "provider: gcp, cluster_type: §ecs",
                "provider: kubernetes, tolerations: §{key: spot}",
                "provider: kubernetes, node_selector: §[a]",
                "provider: kubernetes, mounts: {/a: §disk}",
                "provider: kubernetes, mounts: {§a: hostPath}",
                "provider: local, max_cost_per_hour: §0",
                "provider: local, budget: §much",
                "provider: kubernetes, price: §0.04",
                "provider: kubernetes, price: {per_core_hour: §-1}",
                "provider: slurm, price: {currency: §euro}"
            })
    void anOptionOfTheWrongKindIsTold(String options) {
        onlyError("E_BAD_VALUE", ProblemExamples.target(options));
    }

    @Test
    void aPriceHasNoOtherKeys() {
        Problem problem =
                onlyError(
                        "E_UNKNOWN_KEY",
                        ProblemExamples.target("provider: kubernetes, price: {§per_core_hou: 1}"));

        assertThat(problem.message()).contains("did you mean 'per_core_hour'?");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, regoin: us-east-1, region, W_UNKNOWN_AWS_OPTION",
        "aws, clustertype: fargate, cluster_type, W_UNKNOWN_AWS_OPTION",
        "aws, max_cost_per_hr: 5, max_cost_per_hour, W_UNKNOWN_AWS_OPTION",
        "gcp, projct: p, project, W_UNKNOWN_GCP_OPTION",
        "gcp, machinetype: n2-standard-4, machine_type, W_UNKNOWN_GCP_OPTION",
        "gcp, bugdet: 5, budget, W_UNKNOWN_GCP_OPTION",
        "kubernetes, namespce: jobs, namespace, W_UNKNOWN_KUBERNETES_OPTION",
        "kubernetes, node_selectors: {a: b}, node_selector, W_UNKNOWN_KUBERNETES_OPTION",
        "kubernetes, prise: {per_core_hour: 1}, price, W_UNKNOWN_KUBERNETES_OPTION"
    })
    void anUnknownOptionOfACloudIsAWarningWithTheNearestName(
            String provider, String option, String nearest, String code) {
        Problem problem =
                warning(
                        code,
                        ProblemExamples.target("provider: %s, §%s".formatted(provider, option)));

        assertThat(problem.message()).contains("did you mean '" + nearest + "'?");
    }

    @Test
    void everyProviderIsKnownByItsWord() {
        assertThat(Provider.values()).extracting(Provider::word).isEqualTo(TargetKeys.PROVIDERS);
    }

    @Test
    void crossedThresholdsAreToldWithTheirNumbers() {
        Problem problem =
                onlyError(
                        "E_BAD_ADAPTIVE",
                        local("adaptive: {scale_up_threshold: 0.2, scale_down_threshold: §0.8}"));

        assertThat(problem.message()).contains("0.8").contains("0.2");
    }

    @Test
    void aMaximumThatNoPoolReachesIsToldWithTheLimit() {
        Problem problem =
                warning(
                        "W_MAXIMUM_OUT_OF_REACH",
                        local("max_workers: 2\n    adaptive: {minimum: 2, maximum: §4}"));

        assertThat(problem.message()).isEqualTo("maximum 4 is above max_workers 2, which counts");
    }
}
