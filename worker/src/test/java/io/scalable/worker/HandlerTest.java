package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static io.scalable.worker.Leases.input;
import static io.scalable.worker.Leases.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerTest {

    private static final ClassLoader HERE = HandlerTest.class.getClassLoader();

    private final HandlerLookup lookup =
            new HandlerLookup(TaskLoader.of("forecast", List.of(), HERE), new TaskJson(HERE));

    @Test
    void theItemBecomesARecordAndTheResultJson() throws Exception {
        assertThat(call("fit", "{'source':'wind','year':2019,'rate':0.5,'more':1}", "{}"))
                .isEqualTo(json("{\"source\":\"wind2019\",\"error\":0.25}"));
    }

    @Test
    void aSingleParameterTakesTheResultsWhereThereIsNoItem() throws Exception {
        String fits = "{'fit':[{'source':'a','error':1.5},{'source':'b','error':2.5}]}";

        assertThat(call("worst", "null", fits).asDouble()).isEqualTo(2.5);
    }

    @Test
    void aNumberThatIsNoneSurvivesTheWayThereAndBack() throws Exception {
        JsonNode nan = call("worst", "null", "{'fit':[]}");

        assertThat(call("worst", "null", "{'fit':[{'source':'a','error':'" + nan.asText() + "'}]}"))
                .isEqualTo(nan);
    }

    @Test
    void severalNeedsComeAsAMapAndTheContextStandsAnywhere() throws Exception {
        String fits = "{'a':[],'b':[{'source':'solar','error':1}]}";

        assertThat(call("compare", "'x'", fits).asText()).isEqualTo("d1/t/0 x solar");
    }

    @Test
    void theItemComesBeforeTheResults() throws Exception {
        assertThat(call("both", "7", "{'fit':[{'source':'a','error':1}]}").asText())
                .isEqualTo("7:1");
    }

    @Test
    void aMethodWithoutResultGivesNull() throws Exception {
        assertThat(call("nothing", "{'ignored':1}", "{}").isNull()).isTrue();
    }

    @Test
    void anInputThatDoesNotFitNamesTheParameterAndThePlace() {
        assertThat(failure("fit", "{'source':'wind','year':'soon','rate':1}", "{}").message())
                .contains("parameter 1 'scenario'")
                .contains("SampleTasks$Scenario")
                .contains("SampleTasks::fit does not fit its input at $.year: ");
        assertThat(failure("worst", "null", "{'fit':[{'error':1},{'error':'much'}]}").message())
                .contains("parameter 1 'fits'")
                .contains("at $[1].error");
    }

    @Test
    void aMissingNumberIsAnErrorNotZero() {
        assertThat(failure("fit", "{'source':'wind','year':2019}", "{}").message())
                .contains("at $.rate");
    }

    @Test
    void aParameterForResultsNeedsNeeds() {
        assertThat(failure("both", "7", "{}").message())
                .contains("parameter 2 'fits'")
                .contains("needs none");
    }

    @Test
    void aListForSeveralNeedsIsRefused() {
        assertThat(failure("both", "7", "{'a':[],'b':[]}").message())
                .contains("needs several (a, b)")
                .contains("Map");
    }

    @Test
    void anExceptionIsTheUsersErrorWithTheUsersStack() {
        Failure failure = failure("fails", "'bad data'", "{}");

        assertThat(failure.failureClass()).isEqualTo(FailureClass.USER_ERROR);
        assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failure.message()).isEqualTo("bad data");
        assertThat(failure.stack())
                .startsWith("java.lang.IllegalStateException: bad data")
                .contains("at io.scalable.worker.SampleTasks.fails")
                .contains("Caused by: java.lang.IllegalArgumentException: the cause")
                .doesNotContain("io.scalable.worker.Handler.")
                .doesNotContain("java.lang.invoke");
    }

    @Test
    void outOfMemoryHasAClassOfItsOwn() {
        assertThat(failure("eatsMemory", "null", "{}").failureClass())
                .isEqualTo(FailureClass.OUT_OF_MEMORY);
    }

    @Test
    void aResultThatIsNoJsonSaysWhere() {
        assertThat(failure("strange", "null", "{}"))
                .satisfies(
                        failure -> {
                            assertThat(failure.type()).isEqualTo("InvalidResult");
                            assertThat(failure.message())
                                    .contains("at $.value")
                                    .contains("no value");
                        });
    }

    @Test
    void tooManyParametersAreRefused() {
        assertThat(failure("many", "1", "{}").message()).contains("takes 3 values");
    }

    @Test
    void aMissingClassNamesTheClasspath() {
        assertThat(failureOf("energy.Forecast::fit").message())
                .contains("no class energy.Forecast on the classpath of the program")
                .contains("component 'forecast'");
    }

    @Test
    void aNameWithoutMethodIsExplained() {
        assertThat(failureOf("energy.Forecast.fit").message()).contains("package.Class::method");
    }

    @Test
    void aMissingMethodListsTheTasksThereAre() {
        assertThat(failure("fitt", "null", "{}").message())
                .contains("no method 'fitt'")
                .contains("both, compare,");
    }

    @Test
    void anUnmarkedMethodIsNotCalled() {
        assertThat(failure("unmarked", "null", "{}").message())
                .contains("annotate it with @io.scalable.task.Task");
    }

    @Test
    void aTaskMustBePublicAndStatic() {
        assertThat(failure("hidden", "null", "{}").message()).contains("must be public and static");
        assertThat(failure("ofAnObject", "null", "{}").message())
                .contains("must be public and static");
    }

    @Test
    void overloadsAreAmbiguous() {
        assertThat(failure("twice", "1", "{}").message()).contains("2 methods called");
    }

    private JsonNode call(String method, String item, String needs) throws TaskFault {
        return lookup.find(SampleTasks.class.getName() + "::" + method)
                .call(input(item.replace('\'', '"'), needs.replace('\'', '"')), attempt("t", 1));
    }

    private Failure failure(String method, String item, String needs) {
        return catchThrowableOfType(TaskFault.class, () -> call(method, item, needs)).failure();
    }

    private Failure failureOf(String handler) {
        return catchThrowableOfType(TaskFault.class, () -> lookup.find(handler)).failure();
    }
}
