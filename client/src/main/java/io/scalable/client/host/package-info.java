/**
 * The reconcile loop in a driver's own process: one thread that reads deployments and plans and
 * feeds a {@link io.scalable.provider.ProviderHost}.
 */
@NullMarked
package io.scalable.client.host;

import org.jspecify.annotations.NullMarked;
