package io.scalable.provider.cost;

/**
 * A type of machine.
 *
 * @param vcpus above 0
 * @param memoryGib above 0
 */
public record Machine(String name, double vcpus, double memoryGib) {}
