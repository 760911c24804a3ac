package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.client.SampleTasks.Answer;
import io.scalable.client.SampleTasks.Item;
import org.junit.jupiter.api.Test;

class TaskMethodTest {

    @Test
    void aMethodReferenceIsReadByName() {
        TaskFunction<Item, Answer> function = SampleTasks::answer;

        assertThat(TaskMethod.of(function))
                .isEqualTo(
                        new TaskMethod(
                                "io.scalable.client.SampleTasks::answer",
                                "SampleTasks.answer",
                                Answer.class));
    }

    @Test
    void theResultTypeKeepsItsGenerics() {
        ContextTaskFunction<Item, ?> function = SampleTasks::answers;

        assertThat(TaskMethod.of(function).resultType().getTypeName())
                .isEqualTo("java.util.List<" + Answer.class.getName() + ">");
    }

    @Test
    void aTaskThatGathersIsReadToo() {
        GatherFunction<Item, Answer, Integer> function = SampleTasks::sum;

        assertThat(TaskMethod.of(function).handler())
                .isEqualTo("io.scalable.client.SampleTasks::sum");
    }

    @Test
    void aMethodThatIsNotMarkedIsRefused() {
        TaskFunction<Item, Answer> function = SampleTasks::unmarked;

        refused(function, "SampleTasks::unmarked is not a task: annotate it with @");
    }

    @Test
    void aLambdaIsRefused() {
        TaskFunction<Item, Answer> function = item -> SampleTasks.answer(item);

        refused(function, "a lambda in io.scalable.client.TaskMethodTest cannot run on a worker");
    }

    @Test
    void anInstanceMethodIsRefused() {
        TaskFunction<Item, Answer> function = SampleTasks.instance()::ofAnInstance;

        refused(function, "ofAnInstance is not static");
    }

    @Test
    void aMethodThatIsNotPublicIsRefused() {
        TaskFunction<Item, Answer> function = SampleTasks::hidden;

        refused(function, "SampleTasks::hidden must be public");
    }

    @Test
    void anOverloadedTaskIsRefused() {
        TaskFunction<String, String> function = SampleTasks::twice;

        refused(function, "2 methods called io.scalable.client.SampleTasks::twice");
    }

    @Test
    void anObjectThatImplementsTheInterfaceIsRefused() {
        var function =
                new TaskFunction<Item, Answer>() {
                    @Override
                    public Answer apply(Item item) {
                        return SampleTasks.answer(item);
                    }
                };

        refused(function, "is no method reference");
    }

    private static void refused(TaskFunction<?, ?> function, String why) {
        assertThatThrownBy(() -> TaskMethod.of(function))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
