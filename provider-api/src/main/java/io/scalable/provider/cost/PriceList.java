package io.scalable.provider.cost;

import io.scalable.contracts.ByteOrderMark;
import io.scalable.contracts.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of one day. Its format is described in docs/prices.md.
 *
 * @param origin where it was read, for people
 * @param asOf the day whose prices these are
 * @param currency the currency's code
 * @param machines types of machines, by name
 * @param units offers by vCPU and GiB, by {@code provider/region/offer}
 * @param hours machines for an hour, by {@code provider/region/offer}, then by type
 */
public record PriceList(
        String origin,
        LocalDate asOf,
        String currency,
        Map<String, Machine> machines,
        Map<String, UnitPrices> units,
        Map<String, Map<String, Double>> hours) {

    /** A list older than this is to be checked. */
    public static final int OLD_DAYS = 180;

    private static final String BUILT_IN = "prices.json";

    public PriceList {
        machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        hours = Collections.unmodifiableMap(new LinkedHashMap<>(hours));
    }

    /** The list that comes with Scalable; its day says how old it is. */
    public static PriceList builtIn() {
        try (InputStream in = PriceList.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the built-in price list is missing");
            }
            return of(
                    "the built-in price list",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A user's own list, instead of the built-in one.
     *
     * @throws PriceListException if it cannot be read or is wrong; the message says where
     */
    public static PriceList read(Path file) {
        try {
            return of(file.toString(), ByteOrderMark.drop(Files.readString(file)));
        } catch (IOException e) {
            throw new PriceListException(
                    file + ": cannot be read as a price list: " + FileProblem.reason(e), e);
        }
    }

    /**
     * The list that {@code json} is.
     *
     * @param origin named in messages
     * @throws PriceListException if it is wrong; the message says where
     */
    public static PriceList of(String origin, String json) {
        return new PriceListReader(origin, json).read();
    }

    /** What {@code offer} asks by vCPU and GiB; empty if the list does not say. */
    public Optional<UnitPrices> units(String provider, String region, String offer) {
        return Optional.ofNullable(units.get(key(provider, region, offer)));
    }

    /** What a machine of {@code type} costs for an hour; empty if the list does not say. */
    public Optional<Double> hour(String provider, String region, String offer, String type) {
        return Optional.ofNullable(
                hours.getOrDefault(key(provider, region, offer), Map.of()).get(type));
    }

    /** True if its prices may have changed since. */
    public boolean isOld(LocalDate today) {
        return asOf.plusDays(OLD_DAYS).isBefore(today);
    }

    static String key(String provider, String region, String offer) {
        return provider + "/" + region + "/" + offer;
    }
}
