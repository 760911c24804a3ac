package io.scalable.client.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How often a pool's desired worker count changed.
 *
 * @param up changes to more, the first from 0 among them
 * @param down changes to fewer
 */
public record ScalingEvents(
        @JsonProperty("scale_up") int up, @JsonProperty("scale_down") int down) {}
