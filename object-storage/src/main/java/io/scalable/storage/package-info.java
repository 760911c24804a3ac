/**
 * {@link io.scalable.contracts.storage.Storage} in buckets: {@code s3://} and {@code gs://}. Found
 * by {@link java.util.ServiceLoader}; each client is made when it is first needed, and none of a
 * cloud's classes is loaded before. Everything is thread-safe. What a cloud answers becomes an
 * {@link java.io.IOException} that names the place, what is wrong and what to do; it never holds a
 * secret.
 */
@NullMarked
package io.scalable.storage;

import org.jspecify.annotations.NullMarked;
