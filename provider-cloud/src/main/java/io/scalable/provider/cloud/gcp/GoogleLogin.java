package io.scalable.provider.cloud.gcp;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks Google Cloud: tokens, renewed as they end. Thread-safe. */
interface GoogleLogin {

    /** Nobody: for emulators on this machine. */
    GoogleLogin NONE = new NobodysLogin();

    /**
     * The headers that say who asks.
     *
     * @throws GoogleException of kind LOGIN if there are no credentials, UNAVAILABLE if they cannot
     *     be renewed at the moment
     */
    Map<String, List<String>> headers(URI target);

    /** The token alone, as {@link #headers}; empty for nobody. */
    String token();

    /** The last token was refused: get another. */
    void renew();

    /** The project that the credentials belong to; null if they tell none. */
    @Nullable String project();

    /** This machine's application default credentials, looked for when they are first needed. */
    static GoogleLogin applicationDefault() {
        return new CredentialsLogin(GoogleCredentials::getApplicationDefault);
    }

    /** See {@link #NONE}. */
    final class NobodysLogin implements GoogleLogin {
        @Override
        public Map<String, List<String>> headers(URI target) {
            return Map.of();
        }

        @Override
        public String token() {
            return "";
        }

        @Override
        public void renew() {}

        @Override
        public @Nullable String project() {
            return null;
        }
    }

    /** Credentials of Google's own library. */
    final class CredentialsLogin implements GoogleLogin {

        private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

        private final Source source;
        private @Nullable GoogleCredentials found;

        /** Where credentials come from. */
        @FunctionalInterface
        interface Source {
            GoogleCredentials get() throws IOException;
        }

        CredentialsLogin(Source source) {
            this.source = source;
        }

        @Override
        public Map<String, List<String>> headers(URI target) {
            try {
                return credentials().getRequestMetadata(target);
            } catch (IOException e) {
                throw notNow(e);
            }
        }

        @Override
        public String token() {
            try {
                GoogleCredentials credentials = credentials();
                credentials.refreshIfExpired();
                AccessToken token = credentials.getAccessToken();
                return token == null ? "" : token.getTokenValue();
            } catch (IOException e) {
                throw notNow(e);
            }
        }

        @Override
        public void renew() {
            try {
                credentials().refresh();
            } catch (IOException e) {
                throw notNow(e);
            }
        }

        @Override
        public @Nullable String project() {
            try {
                GoogleCredentials credentials = credentials();
                return credentials instanceof ServiceAccountCredentials account
                        ? account.getProjectId()
                        : credentials.getQuotaProjectId();
            } catch (GoogleException e) {
                return null;
            }
        }

        private synchronized GoogleCredentials credentials() {
            if (found == null) {
                try {
                    found = source.get().createScoped(SCOPE);
                } catch (IOException e) {
                    throw new GoogleException(
                            Kind.LOGIN,
                            "there are no credentials for Google Cloud: run gcloud auth"
                                    + " application-default login, or set"
                                    + " GOOGLE_APPLICATION_CREDENTIALS to a service account's key",
                            e);
                }
            }
            return found;
        }

        /** The library's message may tell where it asked, never what with. */
        private static GoogleException notNow(IOException e) {
            return new GoogleException(
                    Kind.LOGIN,
                    "no token for Google Cloud: "
                            + e.getMessage()
                            + "; if that stays, run gcloud auth application-default login",
                    e);
        }
    }
}
