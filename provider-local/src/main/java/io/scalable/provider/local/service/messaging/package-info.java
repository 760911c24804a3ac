/** The service's topics: thin adapters, decoding at the edge. */
@NullMarked
package io.scalable.provider.local.service.messaging;

import org.jspecify.annotations.NullMarked;
