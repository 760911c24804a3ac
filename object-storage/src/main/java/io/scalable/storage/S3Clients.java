package io.scalable.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the client of S3, as the environment says. */
final class S3Clients {

    /** Calls of one request, the first included: a bucket that asks to slow down gets its time. */
    static final int ATTEMPTS = 8;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private S3Clients() {}

    /**
     * A client that signs with whatever credentials the SDK finds when they are needed.
     *
     * @param environment where {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL} may name
     *     another server than Amazon's
     */
    static S3Client create(Map<String, String> environment) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The SDK looks for parts of itself through it; a task's thread has the task's loader.
        thread.setContextClassLoader(S3Clients.class.getClassLoader());
        try {
            String endpoint = endpoint(environment);
            var builder =
                    S3Client.builder()
                            .httpClientBuilder(
                                    UrlConnectionHttpClient.builder()
                                            .connectionTimeout(CONNECT)
                                            .socketTimeout(SILENCE))
                            .overrideConfiguration(
                                    override ->
                                            override.retryStrategy(
                                                    AwsRetryStrategy.standardRetryStrategy()
                                                            .toBuilder()
                                                            .maxAttempts(ATTEMPTS)
                                                            .build()));
            if (endpoint == null) {
                return builder.region(region()).crossRegionAccessEnabled(true).build();
            }
            // Other servers than Amazon's seldom answer to a host per bucket, or know the checksums
            // that are newer than they are.
            return builder.region(region())
                    .endpointOverride(URI.create(endpoint))
                    .forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static @Nullable String endpoint(Map<String, String> environment) {
        String own = environment.get("AWS_ENDPOINT_URL_S3");
        String any = own == null || own.isEmpty() ? environment.get("AWS_ENDPOINT_URL") : own;
        return any == null || any.isEmpty() ? null : any;
    }

    /** A bucket elsewhere is found all the same: the client follows to the bucket's own region. */
    private static Region region() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }
}
