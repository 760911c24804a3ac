/**
 * The local provider as a service: deployments and scale plans in, workers on this machine.
 *
 * <p>Threading: one thread, {@code provider-local}, owns the {@link
 * io.scalable.provider.ProviderHost}; everybody else hands work to it.
 */
@NullMarked
package io.scalable.provider.local.service;

import org.jspecify.annotations.NullMarked;
