package io.scalable.provider.cost;

/**
 * What an offer asks for what a worker has.
 *
 * @param perVcpuHour one vCPU for an hour, 0 or more
 * @param perGibHour one GiB of memory for an hour, 0 or more
 */
public record UnitPrices(double perVcpuHour, double perGibHour) {}
