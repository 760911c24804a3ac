/**
 * The JSON Schemas of all records: one closed schema for each type, generated from the Java records
 * and kept under {@code schemas/} in this jar. Everything here is immutable and thread-safe.
 */
@NullMarked
package io.scalable.contracts.schema;

import org.jspecify.annotations.NullMarked;
