package io.scalable.services;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills services, workers and the broker, or stands them still, and starts them again. */
final class Chaos {

    /** What can have a fault. */
    enum Victim {
        DISPATCHER("dispatcher-service"),
        PLANNER("planner-service"),
        PROVIDER("provider-local"),
        TELEMETRY("telemetry-service"),
        WORKER(""),
        BROKER("");

        private final String module;

        Victim(String module) {
            this.module = module;
        }
    }

    /** What happens to it. */
    enum Kind {
        /** kill -9; what is no worker is started again. */
        KILL,
        /** SIGSTOP for a while. */
        STOP,
        /** An orderly end and another start. */
        RESTART
    }

    /** One fault. */
    record Fault(Victim victim, Kind kind) {
        @Override
        public String toString() {
            return kind + " " + victim;
        }
    }

    private final Services services;
    private final BrokerProcess broker;
    private final Random random;
    private final Duration standstill;
    private final Map<Victim, ServiceProcess> running = new EnumMap<>(Victim.class);
    private int starts;

    /**
     * @param standstill how long a process stands still
     */
    Chaos(Services services, BrokerProcess broker, long seed, Duration standstill) {
        this.services = services;
        this.broker = broker;
        this.random = new Random(seed);
        this.standstill = standstill;
    }

    void startAll() throws IOException {
        for (Victim victim : Victim.values()) {
            if (!victim.module.isEmpty()) {
                start(victim);
            }
        }
        for (ServiceProcess service : running.values()) {
            service.ready();
        }
    }

    /** The faults, each victim killed once, some stood still, in random order. */
    List<Fault> faults(boolean all) {
        var faults = new ArrayList<Fault>();
        for (Victim victim : Victim.values()) {
            faults.add(new Fault(victim, Kind.KILL));
            if (all || victim == Victim.DISPATCHER || victim == Victim.WORKER) {
                faults.add(new Fault(victim, Kind.STOP));
            }
        }
        Collections.shuffle(faults, random);
        if (all) {
            for (Victim victim : running.keySet()) {
                faults.add(new Fault(victim, Kind.RESTART));
            }
        }
        return faults;
    }

    void inject(Fault fault) throws IOException, InterruptedException {
        ProcessHandle process = process(fault.victim()).orElse(null);
        if (process == null) {
            return;
        }
        switch (fault.kind()) {
            case KILL -> {
                process.destroyForcibly();
                process.onExit().join();
                again(fault.victim());
            }
            case STOP -> {
                signal("STOP", process);
                TimeUnit.MILLISECONDS.sleep(standstill.toMillis());
                signal("CONT", process);
            }
            case RESTART -> {
                running.get(fault.victim()).close();
                start(fault.victim());
                running.get(fault.victim()).ready();
            }
        }
    }

    private void again(Victim victim) throws IOException {
        if (victim == Victim.BROKER) {
            broker.restart();
        } else if (!victim.module.isEmpty()) {
            start(victim);
        }
    }

    private void start(Victim victim) throws IOException {
        running.put(victim, services.start(victim.module, victim.module + "-" + ++starts));
    }

    private Optional<ProcessHandle> process(Victim victim) {
        return switch (victim) {
            case BROKER -> Optional.of(broker.handle());
            case WORKER -> worker();
            default -> Optional.of(running.get(victim).handle());
        };
    }

    /** One of the provider's workers; empty while there is none. */
    private Optional<ProcessHandle> worker() {
        List<ProcessHandle> workers =
                running.get(Victim.PROVIDER)
                        .handle()
                        .descendants()
                        .filter(p -> p.info().command().orElse("").endsWith("java"))
                        .toList();
        return workers.isEmpty()
                ? Optional.empty()
                : Optional.of(workers.get(random.nextInt(workers.size())));
    }

    private static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        int _ =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
    }
}
