package io.scalable.client;

import io.scalable.task.Task;
import io.scalable.task.TaskContext;
import java.util.List;

/** Tasks as users write them, and some that are none. */
public final class SampleTasks {

    /** An argument. */
    public record Item(String name, int count) {}

    /** A result. */
    public record Answer(String text, List<Integer> numbers) {}

    private SampleTasks() {}

    @Task
    public static Answer answer(Item item) {
        return new Answer(item.name(), List.of(item.count()));
    }

    @Task
    public static List<Answer> answers(Item item, TaskContext context) {
        return List.of(answer(item));
    }

    @Task
    public static int sum(Item item, List<Answer> answers) {
        return item.count() + answers.size();
    }

    public static Answer unmarked(Item item) {
        return answer(item);
    }

    @Task
    static Answer hidden(Item item) {
        return answer(item);
    }

    @Task
    public static int twice(int value) {
        return 2 * value;
    }

    @Task
    public static String twice(String value) {
        return value + value;
    }

    public Answer ofAnInstance(Item item) {
        return answer(item);
    }

    static SampleTasks instance() {
        return new SampleTasks();
    }
}
