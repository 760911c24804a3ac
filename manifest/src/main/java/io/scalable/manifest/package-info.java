/**
 * {@code scalable.yaml} to a validated, provider-neutral deployment and its tasks.
 *
 * <p>The way of a manifest: text, {@link io.scalable.manifest.Yaml} tree with positions, one view
 * per overlay, {@code Document}, {@link io.scalable.manifest.ResolvedManifest}. Readers record
 * problems and go on, so that all problems are told at once. Pure except for reading the manifest
 * and the files that {@code foreach} names; all types are immutable but the collector of problems,
 * which stays within one call.
 */
@NullMarked
package io.scalable.manifest;

import org.jspecify.annotations.NullMarked;
