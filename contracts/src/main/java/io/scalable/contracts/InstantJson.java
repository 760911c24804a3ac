package io.scalable.contracts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as Jackson's own module writes and reads them, several times faster: every record has
 * some. What is not of the usual form is left to that module.
 */
final class InstantJson extends SimpleModule {

    @Serial private static final long serialVersionUID = 1L;

    private static final int SECONDS_OF_DAY = 86_400;

    /** The first seconds of the years 0 and 10000: between them a year has four digits. */
    private static final long YEAR_0 = -62_167_219_200L;

    private static final long YEAR_10000 = 253_402_300_800L;

    /** Where the parts of {@code 2026-01-31T23:59:59.123Z} are. */
    private static final int FRACTION = 19;

    private static final int LONGEST = FRACTION + 11;

    InstantJson() {
        super("scalable-instants");
        addSerializer(Instant.class, new Writer());
        addDeserializer(Instant.class, new Reader());
    }

    private static final class Writer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider context)
                throws IOException {
            long second = value.getEpochSecond();
            if (second < YEAR_0 || second >= YEAR_10000) {
                InstantSerializer.INSTANCE.serialize(value, out, context);
                return;
            }
            char[] text = new char[LONGEST];
            out.writeString(text, 0, write(value, text));
        }
    }

    private static final class Reader extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (in.hasToken(JsonToken.VALUE_STRING)) {
                char[] text = in.getTextCharacters();
                int from = in.getTextOffset();
                int length = in.getTextLength();
                if (usual(text, from, length)) {
                    try {
                        return read(text, from, length);
                    } catch (DateTimeException e) {
                        // Such as a day that the month does not have: let the module say so.
                    }
                }
            }
            return InstantDeserializer.INSTANT.deserialize(in, context);
        }
    }

    /** Writes as {@link Instant#toString} does; returns the length. */
    private static int write(Instant value, char[] text) {
        LocalDate date =
                LocalDate.ofEpochDay(Math.floorDiv(value.getEpochSecond(), SECONDS_OF_DAY));
        int second = (int) Math.floorMod(value.getEpochSecond(), (long) SECONDS_OF_DAY);
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, second / 3600);
        text[13] = ':';
        digits(text, 14, 2, second / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, second % 60);
        int end = FRACTION;
        int nano = value.getNano();
        if (nano != 0) {
            text[end++] = '.';
            int places = nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
            int shown = places == 3 ? nano / 1_000_000 : places == 6 ? nano / 1_000 : nano;
            digits(text, end, places, shown);
            end += places;
        }
        text[end++] = 'Z';
        return end;
    }

    private static void digits(char[] text, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** True for {@code yyyy-MM-ddTHH:mm:ssZ}, with or without one to nine digits of a fraction. */
    private static boolean usual(char[] text, int from, int length) {
        if (length <= FRACTION || length > LONGEST || text[from + length - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char wanted =
                    switch (i) {
                        case 4, 7 -> '-';
                        case 10 -> 'T';
                        case 13, 16 -> ':';
                        case FRACTION -> '.';
                        default -> '0';
                    };
            char found = text[from + i];
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return length != FRACTION + 2
                && number(text, from + 11, 2) < 24
                && number(text, from + 14, 2) < 60
                && number(text, from + 17, 2) < 60;
    }

    private static Instant read(char[] text, int from, int length) {
        LocalDate date =
                LocalDate.of(
                        number(text, from, 4),
                        number(text, from + 5, 2),
                        number(text, from + 8, 2));
        int second =
                number(text, from + 11, 2) * 3600
                        + number(text, from + 14, 2) * 60
                        + number(text, from + 17, 2);
        int places = Math.max(0, length - FRACTION - 2);
        int nano = number(text, from + FRACTION + 1, places);
        for (int i = places; i < 9; i++) {
            nano *= 10;
        }
        return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_OF_DAY + second, nano);
    }

    private static int number(char[] text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
