package io.scalable.dispatcher.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.ParentResults;
import io.scalable.contracts.worker.Assignment;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Makes leases small: where one carries many results of parents, the larger of them are stored once
 * and travel by reference. Where nothing can be stored the lease stays as it is.
 */
final class LeaseFitter {

    private static final Logger LOG = Logger.getLogger(LeaseFitter.class);
    private static final JsonCodec<Assignment> CODEC = JsonCodec.of(Assignment.class);

    /** A reference takes some room itself: smaller results stay inline. */
    private static final int WORTH_STORING_BYTES = 4 * 1024;

    private static final int REMEMBERED = 10_000;

    /** What is stored already, by the name that its content gives it. */
    private final LinkedHashMap<String, Payload> stored =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Payload> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** The assignment as bytes, with large parents' results in {@code storage}. */
    byte[] encode(Assignment assignment, URI storage) {
        byte[] whole = CODEC.encode(assignment);
        if (whole.length <= Payload.INLINE_LIMIT_BYTES
                || !(assignment instanceof LeaseGranted lease)
                || lease.parents().isEmpty()) {
            return whole;
        }
        try {
            return CODEC.encode(withReferences(lease, Payloads.at(storage), storage));
        } catch (IOException e) {
            LOG.warnf("results for %s travel inline: %s", lease.taskId(), e.getMessage());
            return whole;
        }
    }

    private LeaseGranted withReferences(LeaseGranted lease, Payloads payloads, URI storage)
            throws IOException {
        var parents = new ArrayList<ParentResults>();
        for (ParentResults parent : lease.parents()) {
            List<Payload> results = new ArrayList<>();
            for (Payload result : parent.results()) {
                results.add(reference(result, parent.task(), payloads, storage));
            }
            parents.add(new ParentResults(parent.task(), results));
        }
        return new LeaseGranted(
                lease.workerId(),
                lease.taskId(),
                lease.attempt(),
                lease.task(),
                lease.index(),
                lease.work(),
                lease.input(),
                parents,
                lease.timeoutSeconds(),
                lease.traceparent(),
                0,
                lease.inlineBytes());
    }

    private Payload reference(Payload result, String task, Payloads payloads, URI storage)
            throws IOException {
        JsonNode value = result.value();
        if (value == null) {
            return result;
        }
        byte[] json = value.toString().getBytes(StandardCharsets.UTF_8);
        if (json.length < WORTH_STORING_BYTES) {
            return result;
        }
        String name = "shared/" + task + "/" + sha256(json) + ".json";
        String place = storage + " " + name;
        Payload known = stored.get(place);
        if (known == null) {
            known = payloads.store(name, value);
            stored.put(place, known);
        }
        return known;
    }

    private static String sha256(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
