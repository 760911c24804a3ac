package io.scalable.planner.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads all of the planner's topics, in the order in which each partition has them. */
@ApplicationScoped
class PlannerIn {

    private final PlannerLoop loop;

    PlannerIn(PlannerLoop loop) {
        this.loop = loop;
    }

    @Incoming("planner-in")
    @Blocking
    void receive(ConsumerRecord<String, byte[]> record) {
        loop.receive(record);
    }
}
