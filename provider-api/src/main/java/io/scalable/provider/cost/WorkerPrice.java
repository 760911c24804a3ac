package io.scalable.provider.cost;

import java.util.List;

/**
 * What one worker costs.
 *
 * @param offer what it is priced as, such as {@code AWS Fargate us-east-1}
 * @param items its lines
 */
public record WorkerPrice(String offer, List<PriceItem> items) {

    public WorkerPrice {
        items = List.copyOf(items);
    }

    /** The sum for an hour. */
    public double perHour() {
        return items.stream().mapToDouble(PriceItem::perHour).sum();
    }
}
