/**
 * The local provider as a service: deployments and scale plans in, workers on this machine. It runs
 * the {@link io.scalable.provider.kafka.ProviderLoop}, which has its own thread.
 */
@NullMarked
package io.scalable.provider.local.service;

import org.jspecify.annotations.NullMarked;
