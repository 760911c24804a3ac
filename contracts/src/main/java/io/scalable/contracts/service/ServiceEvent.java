package io.scalable.contracts.service;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/**
 * A record on {@code scalable.service-events}: what a service says of itself. The topic is
 * compacted by {@link #key()}, so it always holds the newest word of each service on each
 * deployment, and of each provider host.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServiceEvent.DeploymentSetAside.class, name = "DeploymentSetAside"),
    @JsonSubTypes.Type(value = ServiceEvent.DeploymentReleased.class, name = "DeploymentReleased"),
    @JsonSubTypes.Type(value = ServiceEvent.ProviderHostSeen.class, name = "ProviderHostSeen")
})
public sealed interface ServiceEvent {

    /** When the service wrote it, by its own clock. */
    Instant at();

    /** The record's key: a later record of the same key replaces it. */
    @JsonIgnore
    String key();

    /**
     * A service failed on a deployment and leaves it alone until its tombstone or a newer record of
     * it; all other deployments go on.
     *
     * @param deploymentId the deployment
     * @param service who leaves it alone: {@code dispatcher}, {@code planner}, {@code telemetry},
     *     or a provider host's id
     * @param reason what went wrong, for people
     */
    record DeploymentSetAside(String deploymentId, String service, String reason, Instant at)
            implements ServiceEvent {
        @Override
        @JsonIgnore
        public String key() {
            return service + "/" + deploymentId;
        }
    }

    /** The service goes on with a deployment that it had set aside. */
    record DeploymentReleased(String deploymentId, String service, Instant at)
            implements ServiceEvent {
        @Override
        @JsonIgnore
        public String key() {
            return service + "/" + deploymentId;
        }
    }

    /**
     * A provider host lives and serves the deployments that name it. Said every {@link
     * #EVERY_SECONDS} s; a host that was not heard for three times as long is taken as gone.
     *
     * @param hostId what {@code providerHost} of a deployment names
     * @param providers the names of its providers, such as {@code local}
     */
    record ProviderHostSeen(String hostId, List<String> providers, Instant at)
            implements ServiceEvent {

        /** How often a host says so, seconds. */
        public static final int EVERY_SECONDS = 5;

        public ProviderHostSeen {
            providers = List.copyOf(providers);
        }

        @Override
        @JsonIgnore
        public String key() {
            return "provider-host/" + hostId;
        }
    }
}
