package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.Optional;

/** What stands behind a component's host path. */
sealed interface MountSource {

    /** The same path of the node. */
    record HostPath(String path) implements MountSource {}

    /** An empty folder that ends with the pod; each host path is one of its own. */
    record EmptyDir(String path) implements MountSource {}

    /** A PersistentVolumeClaim of the pods' namespace. */
    record Claim(String claim) implements MountSource {}

    /** Reads {@code hostPath}, {@code emptyDir} or {@code pvc:CLAIM}; empty if it is neither. */
    static Optional<MountSource> parse(String path, String text) {
        return switch (text) {
            case "hostPath" -> Optional.of(new HostPath(path));
            case "emptyDir" -> Optional.of(new EmptyDir(path));
            case String other when other.matches("pvc:[a-z0-9]([-a-z0-9.]*[a-z0-9])?") ->
                    Optional.of(new Claim(other.substring("pvc:".length())));
            default -> Optional.empty();
        };
    }

    /** The volume of a pod's spec. */
    default Volume volume(String name) {
        var volume = new VolumeBuilder().withName(name);
        return switch (this) {
            case HostPath(var path) ->
                    volume.withNewHostPath().withPath(path).endHostPath().build();
            case EmptyDir _ -> volume.withNewEmptyDir().endEmptyDir().build();
            case Claim(var claim) ->
                    volume.withNewPersistentVolumeClaim()
                            .withClaimName(claim)
                            .endPersistentVolumeClaim()
                            .build();
        };
    }
}
