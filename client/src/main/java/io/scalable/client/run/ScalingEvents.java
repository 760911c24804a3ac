package io.scalable.client.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How often a pool's desired worker count changed.
 *
 * @param up changes to more, the first from 0 among them
 * @param down changes to fewer
 */
public record ScalingEvents(
        @JsonProperty("scale_up") int up, @JsonProperty("scale_down") int down) {

    /** Of the pools' changes. */
    public static ScalingEvents of(List<Decision> changes) {
        int up = (int) changes.stream().filter(c -> c.to() > c.from()).count();
        return new ScalingEvents(up, changes.size() - up);
    }
}
