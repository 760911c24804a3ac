package io.scalable.contracts.kafka;

import io.scalable.contracts.schema.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The header that names a record's schema, {@code urn:scalable:<Type>:<major.minor>}: CloudEvents'
 * {@code dataschema}. All our producers send it, made once for each type; what comes without it
 * comes from outside.
 */
public final class SchemaHeader {

    /** The header's name. */
    public static final String NAME = "ce_dataschema";

    private static final ClassValue<List<Header>> HEADERS =
            new ClassValue<>() {
                @Override
                protected List<Header> computeValue(Class<?> type) {
                    String urn = RecordTypes.of(type).urn();
                    return List.of(new RecordHeader(NAME, urn.getBytes(StandardCharsets.UTF_8)));
                }
            };

    private SchemaHeader() {}

    /** The headers of {@code record}, one of the types in {@link RecordTypes}. */
    public static List<Header> of(Record record) {
        return HEADERS.get(record.getClass());
    }

    /** True if the header says that the record is one of {@code type}. */
    public static boolean names(Headers headers, Class<? extends Record> type) {
        Header header = headers.lastHeader(NAME);
        return header != null
                && Arrays.equals(header.value(), HEADERS.get(type).getFirst().value());
    }

    /** True if the header is there. */
    public static boolean isOn(Headers headers) {
        return headers.lastHeader(NAME) != null;
    }
}
