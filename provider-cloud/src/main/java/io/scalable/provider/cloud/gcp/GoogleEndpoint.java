package io.scalable.provider.cloud.gcp;

import java.net.URI;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where one of Google's APIs is.
 *
 * @param address its root, ending with a slash
 * @param login who asks there
 * @param overridden true if it is not Google's own
 */
record GoogleEndpoint(URI address, GoogleLogin login, boolean overridden) {

    /**
     * Google's own, unless {@code CLOUDSDK_API_ENDPOINT_OVERRIDES_<API>}, as gcloud reads it, or
     * {@code GOOGLE_CLOUD_<API>_ENDPOINT} names another. One that is plain HTTP on this machine is
     * asked without credentials; plain HTTP to elsewhere is refused.
     *
     * @param api {@code run} or {@code container}
     * @param setting looks a setting up; null where it is not set
     * @throws IllegalArgumentException if the override is no address that may be asked
     */
    static GoogleEndpoint of(
            String api, UnaryOperator<@Nullable String> setting, GoogleLogin login) {
        String upper = api.toUpperCase(Locale.ROOT);
        for (String name :
                new String[] {
                    "CLOUDSDK_API_ENDPOINT_OVERRIDES_" + upper,
                    "GOOGLE_CLOUD_" + upper + "_ENDPOINT"
                }) {
            String value = setting.apply(name);
            if (value != null && !value.isBlank()) {
                return overridden(name, value.strip(), login);
            }
        }
        return new GoogleEndpoint(URI.create("https://" + api + ".googleapis.com/"), login, false);
    }

    /** A setting of this process: its environment's, else a system property's. */
    static @Nullable String setting(@Nullable String name) {
        String value = System.getenv(String.valueOf(name));
        return value == null ? System.getProperty(String.valueOf(name)) : value;
    }

    private static GoogleEndpoint overridden(String name, String value, GoogleLogin login) {
        URI address;
        try {
            address = URI.create(value.endsWith("/") ? value : value + "/");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no address: '" + value + "'", e);
        }
        String scheme = String.valueOf(address.getScheme());
        boolean plainHere = scheme.equals("http") && isLoopback(String.valueOf(address.getHost()));
        if (!scheme.equals("https") && !plainHere) {
            throw new IllegalArgumentException(
                    name
                            + " must be https, or http on this machine, found '"
                            + value
                            + "': credentials are not sent in clear");
        }
        return new GoogleEndpoint(address, plainHere ? GoogleLogin.NONE : login, true);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d+){3}");
    }
}
