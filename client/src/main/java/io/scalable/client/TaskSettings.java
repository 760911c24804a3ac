package io.scalable.client;

import org.jspecify.annotations.Nullable;

/**
 * Options put together; the last of a kind counts.
 *
 * @param timeoutSeconds null for none
 */
record TaskSettings(
        @Nullable String tag,
        @Nullable String name,
        int retries,
        int priority,
        @Nullable Double timeoutSeconds) {

    static TaskSettings of(TaskOption... options) {
        var settings = new TaskSettings(null, null, 0, 0, null);
        for (TaskOption option : options) {
            settings = settings.with(option);
        }
        return settings;
    }

    private TaskSettings with(TaskOption option) {
        return switch (option) {
            case TaskOption.Tag(String value) ->
                    new TaskSettings(value, name, retries, priority, timeoutSeconds);
            case TaskOption.Name(String value) ->
                    new TaskSettings(tag, value, retries, priority, timeoutSeconds);
            case TaskOption.Retries(int value) ->
                    new TaskSettings(tag, name, value, priority, timeoutSeconds);
            case TaskOption.Priority(int value) ->
                    new TaskSettings(tag, name, retries, value, timeoutSeconds);
            case TaskOption.Timeout(var value) ->
                    new TaskSettings(tag, name, retries, priority, value.toMillis() / 1000.0);
        };
    }
}
