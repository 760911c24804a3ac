package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesTargetTest {

    private static KubernetesTarget read(String options) {
        return KubernetesTarget.of(Orders.target(options), "default");
    }

    @Test
    void withoutOptionsThereIsNothingWrong() {
        KubernetesTarget target = read("{}");

        assertThat(target.findings()).isEmpty();
        assertThat(target.namespace()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'namespace': 'No Such'} | targets.cloud.namespace",
                "{'service_account': '-x'} | targets.cloud.service_account",
                "{'mounts': {'/data': 'nfs:server'}} | targets.cloud.mounts",
                "{'image_pull_secrets': ['A B']} | targets.cloud.image_pull_secrets",
                "{'tolerations': [{'key': 'a', 'operator': 'Like'}]} | targets.cloud.tolerations",
                "{'resources': {'limits': {'nvidia.com/gpu': 'many'}}} | targets.cloud.resources"
            })
    void whatIsWrongIsSaidWithItsPlace(String options, String place) {
        assertThat(read(options.replace("''", "'")).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo(place));
    }

    @Test
    void oneSecretNeedsNoList() {
        assertThat(read("{'image_pull_secrets': 'pull'}").imagePullSecrets())
                .containsExactly("pull");
    }
}
