package io.scalable.dispatcher.messaging;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What to do with a record that Kafka does not take: a deployment's own topic may be gone, and a
 * record too large stays too large. Neither may stop the dispatcher.
 */
public final class KeepGoing implements ProductionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(KeepGoing.class);

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ProducerRecord<byte[], byte[]> record,
            Exception exception) {
        if (exception instanceof RecordTooLargeException || ofDeployment(record.topic())) {
            LOG.errorf(
                    "a record for %s was not taken and is dropped: %s",
                    record.topic(), exception.getMessage());
            return Response.resume();
        }
        return exception instanceof RetriableException
                ? Response.retry()
                : Response.fail(List.of());
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    private static boolean ofDeployment(String topic) {
        return topic.startsWith("scalable.results.") || topic.startsWith("scalable.assignments.");
    }
}
