/**
 * The reconcile loop in a driver's own process: one thread that reads deployments and plans and
 * feeds a {@link io.scalable.provider.ProviderHost}. Beside it, what workers elsewhere need before
 * they start: the places that they see, and bundles of jars and files. Those are used by one thread
 * at a time.
 */
@NullMarked
package io.scalable.client.host;

import org.jspecify.annotations.NullMarked;
