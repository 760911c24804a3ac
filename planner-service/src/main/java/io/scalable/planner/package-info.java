/**
 * Hosts the planning library as a service: demand and requests in, scale plans with reasons out.
 */
@NullMarked
package io.scalable.planner;

import org.jspecify.annotations.NullMarked;
