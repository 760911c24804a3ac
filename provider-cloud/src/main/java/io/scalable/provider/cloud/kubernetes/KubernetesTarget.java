package io.scalable.provider.cloud.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes target's options, checked.
 *
 * @param namespace where pods go
 * @param image for components that name none; null where the target names none either
 * @param serviceAccount the pods'; null for the namespace's default
 * @param nodeSelector labels that a node must have
 * @param tolerations taints that pods tolerate
 * @param mounts what stands behind components' host paths, where it is not the host's path
 * @param env environment of all pods
 * @param imagePullSecrets names of Secrets
 * @param spot true if spot nodes are preferred
 * @param limits further resources, such as GPUs, by their names
 * @param findings what is wrong
 */
record KubernetesTarget(
        String namespace,
        @Nullable String image,
        @Nullable String serviceAccount,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Map<String, MountSource> mounts,
        Map<String, String> env,
        List<String> imagePullSecrets,
        boolean spot,
        Map<String, Quantity> limits,
        List<Finding> findings) {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?([munkMGTPE]i?)?");
    private static final Set<String> OPERATORS = Set.of("Exists", "Equal");

    /** {@code defaultNamespace} is for targets that name none. */
    static KubernetesTarget of(TargetSpec target, String defaultNamespace) {
        return new Reader(target).read(defaultNamespace);
    }

    /** Reads options and gathers what is wrong with them. */
    private static final class Reader {

        private final TargetSpec target;
        private final List<Finding> findings = new ArrayList<>();

        Reader(TargetSpec target) {
            this.target = target;
        }

        KubernetesTarget read(String defaultNamespace) {
            String namespace = target.text("namespace", defaultNamespace);
            check("namespace", namespace, DNS_LABEL, "a namespace's name");
            String account =
                    target.text("service_account", target.text("worker_service_account", ""));
            if (!account.isEmpty()) {
                check("service_account", account, DNS_NAME, "a service account's name");
            }
            return new KubernetesTarget(
                    namespace,
                    emptyToNull(target.text("image", "")),
                    emptyToNull(account),
                    texts("node_selector"),
                    tolerations(),
                    mounts(),
                    texts("env"),
                    secrets(),
                    target.flag("spot"),
                    limits(),
                    List.copyOf(findings));
        }

        private List<Toleration> tolerations() {
            var tolerations = new ArrayList<Toleration>();
            for (JsonNode one : all("tolerations")) {
                var toleration = new Toleration();
                toleration.setKey(emptyToNull(one.path("key").asText("")));
                String operator = one.path("operator").asText("");
                String given = one.path("value").asText("");
                String kind = operator.isEmpty() && given.isEmpty() ? "Exists" : operator;
                if (!kind.isEmpty() && !OPERATORS.contains(kind)) {
                    error("tolerations", "an operator is Exists or Equal, found '" + kind + "'");
                }
                toleration.setOperator(emptyToNull(kind));
                toleration.setValue(emptyToNull(given));
                toleration.setEffect(emptyToNull(one.path("effect").asText("")));
                JsonNode seconds = one.path("tolerationSeconds");
                if (!seconds.isMissingNode()) {
                    toleration.setTolerationSeconds(seconds.asLong());
                }
                tolerations.add(toleration);
            }
            return List.copyOf(tolerations);
        }

        private Map<String, MountSource> mounts() {
            var mounts = new LinkedHashMap<String, MountSource>();
            texts("mounts")
                    .forEach(
                            (path, text) ->
                                    MountSource.parse(path, text)
                                            .ifPresentOrElse(
                                                    source -> mounts.put(path, source),
                                                    () ->
                                                            error(
                                                                    "mounts",
                                                                    "what stands behind "
                                                                            + path
                                                                            + " is hostPath,"
                                                                            + " emptyDir or"
                                                                            + " pvc:CLAIM, found '"
                                                                            + text
                                                                            + "'")));
            return mounts;
        }

        private List<String> secrets() {
            var names = new ArrayList<String>();
            for (JsonNode one : all("image_pull_secrets")) {
                check("image_pull_secrets", one.asText(), DNS_NAME, "a Secret's name");
                names.add(one.asText());
            }
            return List.copyOf(names);
        }

        /** Cores and memory are the components'. */
        private Map<String, Quantity> limits() {
            var limits = new LinkedHashMap<String, Quantity>();
            for (String part : List.of("requests", "limits")) {
                JsonNode given = target.options().get("resources");
                JsonNode amounts = given == null ? null : given.get(part);
                if (amounts == null) {
                    continue;
                }
                for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
                    if (!amount.getKey().equals("cpu") && !amount.getKey().equals("memory")) {
                        String text = amount.getValue().asText();
                        if (QUANTITY.matcher(text).matches()) {
                            limits.put(amount.getKey(), Quantity.parse(text));
                        } else {
                            error(
                                    "resources",
                                    amount.getKey()
                                            + " must be a quantity such as 1 or 10Gi, found '"
                                            + text
                                            + "'");
                        }
                    }
                }
            }
            return limits;
        }

        private Map<String, String> texts(String key) {
            var texts = new LinkedHashMap<String, String>();
            JsonNode given = target.options().get(key);
            if (given != null) {
                given.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
            }
            return texts;
        }

        private Iterable<JsonNode> all(String key) {
            JsonNode given = target.options().get(key);
            return given == null || given.isNull()
                    ? List.of()
                    : given.isArray() ? given : List.of(given);
        }

        private void check(String key, String value, Pattern pattern, String what) {
            if (!pattern.matcher(value).matches()) {
                error(
                        key,
                        "must be "
                                + what
                                + ": small letters, digits and dashes, found '"
                                + value
                                + "'");
            }
        }

        private void error(String key, String message) {
            findings.add(
                    new Finding(Severity.ERROR, "targets." + target.name() + "." + key, message));
        }

        private static @Nullable String emptyToNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
