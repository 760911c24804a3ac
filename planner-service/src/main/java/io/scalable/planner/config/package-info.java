/** The service's settings, and what it does at its start. */
@NullMarked
package io.scalable.planner.config;

import org.jspecify.annotations.NullMarked;
