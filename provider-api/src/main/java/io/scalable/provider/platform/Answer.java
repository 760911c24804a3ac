package io.scalable.provider.platform;

/**
 * What came of a call that blocked.
 *
 * @param <T> what it was to bring
 */
sealed interface Answer<T> {

    /** It brought this. */
    record Value<T>(T value) implements Answer<T> {}

    /** It failed. */
    record Failure<T>(PlatformException problem) implements Answer<T> {}
}
