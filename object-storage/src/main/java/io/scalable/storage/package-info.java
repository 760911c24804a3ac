/**
 * {@link io.scalable.contracts.storage.Storage} in buckets: {@code s3://} and {@code gs://}. Found
 * by {@link java.util.ServiceLoader}; each client is made when it is first needed.
 */
@NullMarked
package io.scalable.storage;

import org.jspecify.annotations.NullMarked;
