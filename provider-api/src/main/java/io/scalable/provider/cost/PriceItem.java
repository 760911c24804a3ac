package io.scalable.provider.cost;

/**
 * A line of a worker's price.
 *
 * @param what such as {@code vCPU}
 * @param quantity how much of it a worker has
 * @param unitPrice what one of it costs for an hour
 */
public record PriceItem(String what, double quantity, double unitPrice) {

    /** What the line costs for an hour. */
    public double perHour() {
        return quantity * unitPrice;
    }
}
