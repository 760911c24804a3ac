/**
 * What every module and service agrees on: records on topics, ids and the JSON codec. Java and
 * Jackson only. All types are immutable; unknown JSON fields are ignored when reading, so that
 * newer writers do not break older readers.
 */
@NullMarked
package io.scalable.contracts;

import org.jspecify.annotations.NullMarked;
