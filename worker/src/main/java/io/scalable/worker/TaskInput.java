package io.scalable.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.io.IOException;

/**
 * What a task is given, read in full.
 *
 * @param item the item or argument; JSON's null if there is none
 * @param index the item's place among the tasks of the same name
 * @param needs the results of the needed tasks in item order, by task name in the order of the
 *     needs
 */
record TaskInput(JsonNode item, int index, ObjectNode needs) {

    /**
     * Reads what the lease carries or refers to.
     *
     * @throws IOException if a referenced value cannot be read; the message names it
     */
    static TaskInput read(LeaseGranted lease, Payloads payloads) throws IOException {
        ObjectNode needs = JsonNodeFactory.instance.objectNode();
        for (ParentResults parent : lease.parents()) {
            ArrayNode results = needs.putArray(parent.task());
            for (Payload result : parent.results()) {
                results.add(payloads.read(result));
            }
        }
        return new TaskInput(payloads.read(lease.input()), lease.index(), needs);
    }

    /** What a command reads on its standard input. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("item", item);
        json.put("index", index);
        json.set("needs", needs);
        return json;
    }
}
