package io.scalable.provider.local.service;

import io.scalable.testkit.ServiceBroker;
import java.util.Map;

/** A broker for the service under test, and a folder to work in. */
public final class Broker extends ServiceBroker {

    @Override
    protected Map<String, String> settings() {
        return Map.of("scalable.provider-local.work-dir", folder("provider-local"));
    }
}
