package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.ProviderModel.BilledStart;
import io.scalable.planning.simulation.ProviderModel.Start;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TracePool;
import io.scalable.planning.simulation.TraceTask;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

    private static final String HEAD = "{\"trace\":\"t\",\"kind\":\"dag\",\"tasks\":2}";
    private static final String FIRST =
            "{\"id\":0,\"pool\":\"a\",\"submit\":0.0,\"parents\":[],\"runtime\":2.5,\"cpus\":2,\"mem_mb\":null}";

    @Test
    void aTraceIsRead() throws IOException {
        String second = FIRST.replace("\"id\":0", "\"id\":1").replace("[]", "[0]");
        Trace trace = TraceReader.read("t.jsonl", List.of(HEAD, FIRST, second));

        assertThat(trace.graph()).isTrue();
        assertThat(trace.tasks())
                .extracting(TraceTask::parents)
                .containsExactly(List.of(), List.of(0));
        assertThat(trace.pools()).containsEntry("a", new TracePool(1, 2, 1, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"id\":0      | \"id\":3       | id must be the task's place in the trace, 0;"
                        + " found 3",
                "\"pool\":\"a\"| \"pool\":7     | pool must be a text; found 7",
                "[]            | [0]            | parents must be different ids of tasks on earlier"
                        + " lines; found [0]",
                "2.5           | -1             | runtime must be a number, 0 or more; found -1",
                "\"runtime\"   | \"run\"        | runtime must be a number, 0 or more; it is"
                        + " missing",
                "\"cpus\":2    | \"cpus\":0     | cpus must be a number above 0; found 0",
                "{             | [              | not valid JSON"
            })
    void aWrongTaskIsNamedByFileAndLine(String part, String instead, String message) {
        List<String> lines = List.of(HEAD, FIRST.replace(part, instead));

        assertThatThrownBy(() -> TraceReader.read("t.jsonl", lines))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("t.jsonl:2: " + message);
    }

    @Test
    void aWrongHeadIsNamed() {
        assertThatThrownBy(() -> TraceReader.read("t.jsonl", List.of()))
                .hasMessageContaining("t.jsonl:1: a trace begins with");
        assertThatThrownBy(() -> TraceReader.read("t.jsonl", List.of(HEAD.replace("dag", "tree"))))
                .hasMessageContaining("t.jsonl:1: kind must be dag or arrivals; found \"tree\"");
    }

    @Test
    void aProviderModelIsRead() throws IOException {
        ProviderModel model =
                model(
                        "{'name':'c','start_delay':{'median':100,'sigma':0.5},'billed_start':{'share':0.5},"
                            + "'minimum':60,'start_fee':3,'walltime':3600,'maximum':8}");

        assertThat(model.start()).isEqualTo(new Start.LogNormal(100, 0.5, 0));
        assertThat(model.billed()).isEqualTo(new BilledStart.Share(0.5));
        assertThat(model.maximum()).isEqualTo(8);
        assertThat(model.economics().billedStartSeconds()).isEqualTo(50);
        assertThat(model.economics().minimumSeconds()).isEqualTo(60);
        assertThat(model.economics().walltimeSeconds()).isEqualTo(3600);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'start_delay':1}                          | name must be a text; it is missing",
                "{'name':'c'}                               | start_delay must be {uniform",
                "{'name':'c','start_delay':{'uniform':[3,1]}} | start_delay must be {uniform",
                "{'name':'c','start_delay':1,'maximum':0}   | maximum must be a positive integer",
                "{'name':'c','start_delay':1,'walltime':'x'}| walltime must be seconds above 0;"
                        + " found \"x\"",
                "{'name':'c','start_delay':1,'fee':1}       | the key fee must be one of",
                "[]                                         | a provider model has the keys"
            })
    void aWrongProviderModelIsExplained(String json, String message) {
        assertThatThrownBy(() -> model(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("m.yaml:1: " + message);
    }

    @Test
    void aWrongKeyIsNamedByItsLine() {
        assertThatThrownBy(() -> model("name: c\nstart_delay: 1\nwalltime: soon\n"))
                .hasMessage("m.yaml:3: walltime must be seconds above 0; found \"soon\"");
        assertThatThrownBy(() -> model("name: c\nstart_delay: 1\n\nfee: 1\n"))
                .hasMessageStartingWith("m.yaml:4: the key fee must be one of");
        assertThatThrownBy(() -> model("name: c\nstart_delay: [1\n"))
                .hasMessageStartingWith("m.yaml:3: neither JSON nor YAML: ");
    }

    private static ProviderModel model(String json) throws IOException {
        return ProviderModelReader.read("m.yaml", json);
    }
}
