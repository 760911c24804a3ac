package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import io.scalable.client.run.RecordAt;
import io.scalable.client.run.TopicScan;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records that nobody could use: which, why, and once more. */
@Command(
        name = "dead-letters",
        description = "List, show or send again the records that no service could use.",
        synopsisSubcommandLabel = "(list | show | replay)")
final class DeadLettersCommand implements Runnable {

    private static final JsonCodec<DeadLetter> CODEC = JsonCodec.of(DeadLetter.class);

    @Spec CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A dead letter as it is shown; its value as text. */
    private record Shown(
            String position,
            @Nullable String key,
            Instant at,
            String consumer,
            String reason,
            String value) {

        static Shown of(DeadLetter letter) {
            return new Shown(
                    DeadLettersCommand.position(letter),
                    letter.key(),
                    letter.at(),
                    letter.consumer(),
                    letter.reason(),
                    text(letter.value()));
        }
    }

    /** Where a record stood, which names its dead letter: {@code scalable.tasks-3@17}. */
    private static String position(DeadLetter letter) {
        return letter.topic() + "-" + letter.partition() + "@" + letter.offset();
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "(no value)" : new String(value, StandardCharsets.UTF_8);
    }

    /** All of them, newest first; a record that was refused by several consumers comes once. */
    private static List<DeadLetter> read(Map<String, String> kafka) {
        var letters = new HashMap<String, DeadLetter>();
        TopicScan.read(
                kafka,
                Topics.DEAD_LETTERS,
                BrokerOptions.PATIENCE,
                record -> {
                    if (record.value() != null) {
                        DeadLetter letter = CODEC.decode(record.value());
                        letters.put(position(letter), letter);
                    }
                });
        var sorted = new ArrayList<>(letters.values());
        sorted.sort(Comparator.comparing(DeadLetter::at).reversed());
        return sorted;
    }

    private static DeadLetter find(List<DeadLetter> letters, String position) {
        return letters.stream()
                .filter(letter -> position(letter).equals(position))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UserException(
                                        "no dead letter of "
                                                + position
                                                + "; 'scalable dead-letters list' shows the"
                                                + " positions"));
    }

    @Command(name = "list", description = "Show them, newest first.")
    int list(
            @Mixin BrokerOptions brokers,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit)
            throws IOException {
        List<DeadLetter> letters = read(brokers.kafka());
        var lines = new ArrayList<String>();
        List<Shown> shown = letters.stream().limit(limit).map(Shown::of).toList();
        shown.forEach(
                letter ->
                        lines.add(
                                "%s  %s  refused by %s: %s"
                                        .formatted(
                                                letter.at(),
                                                letter.position(),
                                                letter.consumer(),
                                                PrintableText.line(letter.reason()))));
        lines.add(
                letters.isEmpty()
                        ? "no dead letters"
                        : letters.size()
                                + (letters.size() == 1 ? " dead letter" : " dead letters"));
        Output.of(spec)
                .one(
                        lines,
                        shown,
                        shown.stream().map(Shown::position).collect(Collectors.joining("\n")));
        return ExitStatus.OK;
    }

    @Command(name = "show", description = "Print one, with the untouched record.")
    int show(
            @Mixin BrokerOptions brokers,
            @Parameters(paramLabel = "POSITION", description = "Such as scalable.tasks-3@17.")
                    String position)
            throws IOException {
        DeadLetter letter = find(read(brokers.kafka()), position);
        Shown shown = Shown.of(letter);
        Output.of(spec)
                .one(
                        List.of(
                                "position  " + position,
                                "key       "
                                        + PrintableText.line(
                                                Objects.requireNonNullElse(shown.key(), "(none)")),
                                "refused   " + shown.at() + " by " + shown.consumer(),
                                "reason    " + PrintableText.line(shown.reason()),
                                "value     " + PrintableText.lines(shown.value())),
                        shown,
                        shown.value());
        return ExitStatus.OK;
    }

    /** The record itself, where it still stands. */
    private static @Nullable ConsumerRecord<byte[], byte[]> original(
            Map<String, String> kafka, DeadLetter letter) {
        return RecordAt.read(
                        kafka,
                        letter.topic(),
                        letter.partition(),
                        letter.offset(),
                        BrokerOptions.PATIENCE)
                .orElse(null);
    }

    /** Which to send again. */
    static final class Chosen {
        @Parameters(
                arity = "1..*",
                paramLabel = "POSITION",
                description = "Such as scalable.tasks-3@17.")
        @Nullable List<String> positions;

        @Option(names = "--all", description = "All of them.")
        boolean all;
    }

    @Command(
            name = "replay",
            description = "Send the untouched records to their topics again, once each.")
    int replay(@Mixin BrokerOptions brokers, @ArgGroup(multiplicity = "1") Chosen chosen)
            throws IOException, InterruptedException {
        Map<String, String> kafka = brokers.kafka();
        List<DeadLetter> letters = read(kafka);
        List<DeadLetter> wanted =
                chosen.positions == null
                        ? letters.reversed()
                        : chosen.positions.stream().map(p -> find(letters, p)).toList();
        var sent = new ArrayList<String>();
        try (var producer = KafkaClients.producer(kafka, "scalable-dead-letters", Map.of())) {
            for (DeadLetter letter : wanted) {
                var unused = producer.send(LetterReplay.of(letter, original(kafka, letter))).get();
                sent.add(position(letter));
            }
        } catch (ExecutionException e) {
            throw new UserException("the broker refuses the record: " + e.getCause());
        }
        Output.of(spec)
                .one(
                        sent.stream().map(position -> "sent again: " + position).toList(),
                        Map.of("sent", sent),
                        String.join("\n", sent));
        return ExitStatus.OK;
    }
}
