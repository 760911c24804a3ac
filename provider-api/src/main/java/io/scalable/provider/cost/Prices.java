package io.scalable.provider.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.cost.WorkerPrices.Priced;
import io.scalable.provider.cost.WorkerPrices.Unpriced;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Prices the workers of a deployment: by the target's own {@code price}, else by a list. */
public final class Prices {

    private static final double GIB = 1L << 30;
    private static final double FARGATE_MINIMUM = 60;

    /** How an offer prices a worker. */
    private record Offer(
            String words, double minimumSeconds, Function<ComponentSpec, WorkerPrice> price) {}

    /** An offer cannot be priced, for this reason. */
    private static final class NoPriceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoPriceException(String message) {
            super(message, null, false, false);
        }
    }

    private final DeploymentSpec deployment;
    private final TargetSpec target;
    private final PriceList list;

    private Prices(DeploymentSpec deployment, PriceList list) {
        this.deployment = deployment;
        this.target = deployment.target();
        this.list = list;
    }

    /** What the deployment's workers cost on the day of its making. */
    public static WorkerPrices of(DeploymentSpec deployment, PriceList list) {
        return new Prices(deployment, list).price();
    }

    private WorkerPrices price() {
        LocalDate today = deployment.createdAt().atZone(ZoneOffset.UTC).toLocalDate();
        JsonNode own = target.options().get("price");
        try {
            if (own != null && own.isObject()) {
                String currency = own.path("currency").asText("USD");
                Offer offer = own(own);
                return priced(offer, currency, today, where("price"), false);
            }
            return switch (target.provider()) {
                case "aws" -> priced(aws(), today);
                case "gcp" -> priced(gcp(), today);
                default ->
                        new Unpriced(
                                "no list has prices of provider '"
                                        + target.provider()
                                        + "'; give "
                                        + where("price")
                                        + ": {per_core_hour: ..., per_gb_hour: ...}",
                                false);
            };
        } catch (NoPriceException e) {
            return new Unpriced(
                    e.getMessage()
                            + "; give another list with --prices, or "
                            + where("price")
                            + ": {per_core_hour: ..., per_gb_hour: ...}",
                    true);
        }
    }

    private Priced priced(Offer offer, LocalDate today) {
        return priced(offer, list.currency(), list.asOf(), list.origin(), list.isOld(today));
    }

    private Priced priced(Offer offer, String currency, LocalDate day, String source, boolean old) {
        Map<String, WorkerPrice> workers = new LinkedHashMap<>();
        for (ComponentSpec component : deployment.components()) {
            workers.put(component.name(), offer.price().apply(component));
        }
        return new Priced(workers, currency, day.toString(), source, offer.minimumSeconds(), old);
    }

    private Offer own(JsonNode price) {
        double core = price.path("per_core_hour").asDouble(0);
        double memory = price.path("per_gb_hour").asDouble(0);
        boolean fargate = target.provider().equals("aws") && !isEc2();
        return new Offer(
                where("price"),
                fargate ? FARGATE_MINIMUM : 0,
                c ->
                        new WorkerPrice(
                                where("price"),
                                List.of(
                                        new PriceItem("core", cpus(c), core),
                                        new PriceItem("GiB", memoryGib(c), memory))));
    }

    private Offer aws() {
        String region = region(target.text("region", ""));
        if (isEc2()) {
            return machines(
                    "EC2", "ec2", region, "instance_type", target.text("instance_type", ""));
        }
        String offer = target.flag("spot") ? "fargate_spot" : "fargate";
        UnitPrices units = units(region, offer);
        String words = "Fargate" + spot() + " " + region;
        return new Offer(
                words,
                FARGATE_MINIMUM,
                c -> {
                    FargateSizes.Size size =
                            FargateSizes.atLeast(cpus(c), (long) (memoryGib(c) * GIB))
                                    .orElseThrow(() -> new NoPriceException(tooLarge(c)));
                    return byUnit(words, units, size.vcpus(), size.memoryGib());
                });
    }

    private static String tooLarge(ComponentSpec component) {
        return "components."
                + component.name()
                + " asks for more than Fargate's largest size, 16 vCPU and 120 GiB";
    }

    private Offer gcp() {
        String zone = target.text("zone", "");
        int dash = zone.lastIndexOf('-');
        String region = region(target.text("region", dash > 0 ? zone.substring(0, dash) : ""));
        if (target.text("cluster_type", "gke").startsWith("cloud")) {
            UnitPrices units = units(region, "cloudrun");
            String words = "Cloud Run " + region;
            return new Offer(words, 0, c -> byUnit(words, units, cpus(c), memoryGib(c)));
        }
        String type = target.text("machine_type", target.text("instance_type", ""));
        if (!type.isEmpty()) {
            return machines("GKE", "gke", region, "machine_type", type);
        }
        UnitPrices units =
                units(region, target.flag("spot") ? "gke_autopilot_spot" : "gke_autopilot");
        String words = "GKE Autopilot" + spot() + " " + region;
        return new Offer(words, 0, c -> byUnit(words, units, cpus(c), memoryGib(c)));
    }

    private static WorkerPrice byUnit(
            String words, UnitPrices units, double vcpus, double memoryGib) {
        return new WorkerPrice(
                words,
                List.of(
                        new PriceItem("vCPU", vcpus, units.perVcpuHour()),
                        new PriceItem("GiB", memoryGib, units.perGibHour())));
    }

    /** A worker's share of a machine is the larger of its shares of cores and of memory. */
    private Offer machines(String words, String offer, String region, String key, String type) {
        if (type.isEmpty()) {
            throw new NoPriceException(where(key) + " is needed for a price");
        }
        String asked = target.flag("spot") ? offer + "_spot" : offer;
        Double hour = list.hour(target.provider(), region, asked, type).orElse(null);
        Machine machine = list.machines().get(type);
        if (hour == null || machine == null) {
            throw new NoPriceException(
                    "%s has no price of %s in %s (%s)"
                            .formatted(list.origin(), type, region, asked));
        }
        String full = words + spot() + " " + type + " " + region;
        return new Offer(
                full,
                0,
                c -> {
                    double share =
                            Math.max(cpus(c) / machine.vcpus(), memoryGib(c) / machine.memoryGib());
                    if (share > 1 + 1e-9) {
                        throw new NoPriceException(
                                "components."
                                        + c.name()
                                        + " asks for more than a "
                                        + type
                                        + " has");
                    }
                    return new WorkerPrice(full, List.of(new PriceItem(type, share, hour)));
                });
    }

    private UnitPrices units(String region, String offer) {
        return list.units(target.provider(), region, offer)
                .orElseThrow(
                        () ->
                                new NoPriceException(
                                        "%s has no price of %s in %s"
                                                .formatted(list.origin(), offer, region)));
    }

    private String region(String given) {
        if (given.isEmpty()) {
            throw new NoPriceException(where("region") + " is needed for a price");
        }
        return given;
    }

    private boolean isEc2() {
        return target.text("cluster_type", "fargate").equals("ec2");
    }

    private String spot() {
        return target.flag("spot") ? " Spot" : "";
    }

    /** The target's size of a worker goes before the component's: CPU units on AWS, else cores. */
    private double cpus(ComponentSpec component) {
        double given = option("worker_cpu").orElse(0.0);
        if (given <= 0) {
            return component.cpus();
        }
        return target.provider().equals("aws") ? given / 1024 : given;
    }

    private double memoryGib(ComponentSpec component) {
        double mib = option("worker_mem").orElse(0.0);
        return mib > 0 ? mib / 1024 : component.memoryBytes() / GIB;
    }

    private Optional<Double> option(String key) {
        return Optional.ofNullable(target.options().get(key))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble);
    }

    private String where(String key) {
        return "targets." + target.name() + "." + key;
    }
}
