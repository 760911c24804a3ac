package io.scalable.provider.cloud.gcp;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Google's APIs as this process reaches them.
 *
 * @param setting looks a setting up; null where it is not set
 * @param login who asks, where an API is not overridden by an emulator on this machine
 */
record GoogleCloud(UnaryOperator<@Nullable String> setting, GoogleLogin login) {

    private static final List<String> PROJECTS =
            List.of("GOOGLE_CLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT");

    /** With this process's environment, properties and application default credentials. */
    static GoogleCloud ofThisProcess() {
        return new GoogleCloud(GoogleEndpoint::setting, GoogleLogin.applicationDefault());
    }

    /** The project where nobody names one; empty if nothing tells. */
    String project() {
        for (String name : PROJECTS) {
            String value = setting.apply(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        String project = login.project();
        return project == null ? "" : project;
    }

    /** Cloud Run in a project's region. */
    CloudRun run(String project, String region) {
        return new CloudRunRest(rest("run"), project, region);
    }

    /** Where Cloud Run's API is said to be; empty for Google's own. */
    String overriddenRun() {
        GoogleEndpoint endpoint = GoogleEndpoint.of("run", setting, login);
        return endpoint.overridden() ? endpoint.address().toString() : "";
    }

    /** One of the APIs: {@code run}, {@code container}. */
    GoogleRest rest(String api) {
        return new GoogleRest(GoogleEndpoint.of(api, setting, login));
    }
}
