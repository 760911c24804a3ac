/** The service's health. Stateless. */
@NullMarked
package io.scalable.provider.local.service.rest;

import org.jspecify.annotations.NullMarked;
