/** The service's settings. Immutable. */
@NullMarked
package io.scalable.provider.local.service.config;

import org.jspecify.annotations.NullMarked;
