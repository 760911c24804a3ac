package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.cli.HostChoice.Chosen;
import io.scalable.cli.HostChoice.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostChoiceTest {

    private static final List<String> LOCAL = List.of("local");
    private static final List<String> ALL = List.of("aws", "local", "slurm");

    @Test
    void theHostThatServicesBringAlongIsChosen() {
        assertThat(HostChoice.of(null, "local", Map.of("standalone", LOCAL, "login1", ALL)))
                .isEqualTo(new Chosen("standalone"));
        assertThat(HostChoice.of(null, "local", Map.of("provider-local", LOCAL)))
                .isEqualTo(new Chosen("provider-local"));
        assertThat(HostChoice.isClear(null, "local", Map.of("provider-local", LOCAL))).isTrue();
        assertThat(HostChoice.isClear(null, "local", Map.of("login1", ALL))).isFalse();
    }

    @Test
    void theOnlyHostWithTheProviderIsChosenButForThoseOfRuns() {
        var seen = Map.of("standalone", LOCAL, "login1", ALL, "run-20260101-000000-abcde", ALL);
        assertThat(HostChoice.of(null, "slurm", seen)).isEqualTo(new Chosen("login1"));
    }

    @Test
    void severalHostsAreForAPersonToChooseFrom() {
        var seen = Map.of("login1", ALL, "login2", ALL);
        assertThat(HostChoice.of(null, "slurm", seen))
                .isEqualTo(
                        new Refused(
                                "several provider hosts have provider 'slurm': login1, login2; say"
                                        + " which with --provider-host"));
        assertThat(HostChoice.of("login2", "slurm", seen)).isEqualTo(new Chosen("login2"));
    }

    @Test
    void whoServesNobodyIsToldWhatToDo() {
        assertThat(refusal(null, "slurm", Map.of("standalone", LOCAL)))
                .contains(
                        "no provider host with provider 'slurm' lives there: standalone (local)",
                        "scalable provider",
                        "--no-check");
        assertThat(refusal("login1", "slurm", Map.of()))
                .contains("nobody serves provider host 'login1'", "none", "--no-check");
        assertThat(refusal("standalone", "slurm", Map.of("standalone", LOCAL)))
                .contains("provider host 'standalone' has no provider 'slurm'");
    }

    private static String refusal(String given, String provider, Map<String, List<String>> seen) {
        assertThat(HostChoice.of(given, provider, seen)).isInstanceOf(Refused.class);
        return ((Refused) HostChoice.of(given, provider, seen)).words();
    }
}
