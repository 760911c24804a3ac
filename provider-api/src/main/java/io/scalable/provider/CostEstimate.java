package io.scalable.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a plan costs until the known work is done.
 *
 * @param coreHours cores of all desired workers times hours, 0 or more
 * @param money the price, 0 or more; null where the target gives no price
 * @param currency the currency's code; null where the target gives no price
 */
public record CostEstimate(double coreHours, @Nullable Double money, @Nullable String currency) {}
