/**
 * The store: plain JDBC on SQL that H2 and PostgreSQL both take. Thread-safe; every batch of
 * records is one transaction.
 */
@NullMarked
package io.scalable.telemetry.store;

import org.jspecify.annotations.NullMarked;
