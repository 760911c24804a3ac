package io.scalable.provider.cloud.aws;

import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Secrets as parameters of Systems Manager. Calls block and throw what the SDK throws. */
final class SecretStore {

    private final Supplier<SsmClient> ssm;
    private final Map<String, String> tags;

    /**
     * @param tags on what is made
     */
    SecretStore(Supplier<SsmClient> ssm, Map<String, String> tags) {
        this.ssm = ssm;
        this.tags = tags;
    }

    /** Keeps a secret, in place of what was there. */
    void put(String name, String value) {
        var put =
                PutParameterRequest.builder()
                        .name(name)
                        .value(value)
                        .type(ParameterType.SECURE_STRING)
                        .tier(ParameterTier.INTELLIGENT_TIERING);
        Tag[] given =
                tags.entrySet().stream()
                        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                        .toArray(Tag[]::new);
        try {
            // Tags are taken only when it is made.
            var _ = ssm.get().putParameter(put.copy().tags(given).build());
        } catch (ParameterAlreadyExistsException e) {
            var _ = ssm.get().putParameter(put.overwrite(true).build());
        }
    }

    /** Deletes a secret; one that is not there is no error. */
    void delete(String name) {
        try {
            var _ = ssm.get().deleteParameter(d -> d.name(name));
        } catch (ParameterNotFoundException e) {
            // Nobody made it, or it is gone already.
        }
    }
}
