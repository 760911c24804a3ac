/**
 * What tests of several modules share: the rules of the architecture, builders of records, and the
 * broker of a service's integration test. Knows contracts and the embedded broker, never a service.
 * Single-threaded use.
 */
@NullMarked
package io.scalable.testkit;

import org.jspecify.annotations.NullMarked;
