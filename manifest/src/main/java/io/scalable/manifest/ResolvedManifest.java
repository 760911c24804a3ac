package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest for one target: its overlay applied, its variables replaced, its items known. */
public final class ResolvedManifest {

    private final Document document;
    private final Target target;
    private final Path folder;
    private final JsonNode content;
    private final List<Problem> warnings;

    ResolvedManifest(
            Document document,
            Target target,
            Path folder,
            JsonNode content,
            List<Problem> warnings) {
        this.document = document;
        this.target = target;
        this.folder = folder;
        this.content = content;
        this.warnings = warnings;
    }

    public String targetName() {
        return target.name();
    }

    /** What is likely a mistake, in the order of the file; nothing of other targets. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** The target's provider, such as {@code local}. */
    public String provider() {
        return target.provider();
    }

    /** The project's name. */
    public String project() {
        return document.project().name();
    }

    /** The folder that relative paths of the manifest mean, absolute. */
    public Path directory() {
        return folder;
    }

    /** Where results go unless told otherwise, as the project says: a URI or a path. */
    public Optional<String> defaultStorage() {
        return Optional.ofNullable(document.project().defaultStorage());
    }

    /**
     * What a Kafka client needs to reach the brokers that the target names; may hold secrets. Empty
     * if it names none.
     */
    public Map<String, String> kafka() {
        return target.kafka();
    }

    /** Files and folders that tasks need, relative to {@link #directory()}, sorted; all there. */
    public List<String> files() {
        return document.project().files();
    }

    /** The objective that the target names. */
    public Optional<Objective> objective() {
        return Optional.ofNullable(target.objective());
    }

    /** The policy that the target names. */
    public Optional<Policy> policy() {
        return Optional.ofNullable(target.policy());
    }

    /** The deployment's record, without an initial plan. */
    public DeploymentSpec deployment(DeploymentRequest request) {
        Objective objective = request.objective();
        Policy policy = request.policy();
        return new DeploymentSpec(
                request.deploymentId(),
                project(),
                request.createdAt(),
                target.spec(),
                document.components().values().stream().map(c -> c.on(target)).toList(),
                document.tasks().values().stream().map(TaskDefinition::group).toList(),
                objective == null ? objective().orElse(Objective.BALANCE) : objective,
                policy == null ? policy().orElse(Policy.SAFE) : policy,
                target.walltimeSeconds(),
                request.providerHost(),
                request.storage(),
                folder.toString(),
                target.assignmentPartitions(),
                null,
                null,
                null,
                null);
    }

    /**
     * Every task of the manifest, in its order and that of the items. The ids are the same each
     * time.
     */
    public List<SubmitTask> submissions(String deploymentId) {
        return new Submissions(deploymentId, document.tasks()).all();
    }

    /** Names of tasks with neither handler nor command: planned, never submitted. */
    public List<String> plannedOnly() {
        return document.tasks().values().stream()
                .filter(task -> task.work() == null)
                .map(TaskDefinition::name)
                .toList();
    }

    /**
     * The manifest as it is used: overlay merged, variables replaced, memory in bytes, durations in
     * seconds; keys sorted, no blanks.
     */
    public String canonicalJson() {
        return CanonicalJson.of(content);
    }

    /** SHA-256 of {@link #canonicalJson()} in lower-case hex. */
    public String lock() {
        return CanonicalJson.sha256(canonicalJson());
    }
}
