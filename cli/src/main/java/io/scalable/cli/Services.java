package io.scalable.cli;

import java.util.Map;

/** The broker and services that a run talks to. */
interface Services extends AutoCloseable {

    /** What a Kafka client needs to reach the broker. */
    Map<String, String> kafka();

    @Override
    void close();
}
