/** The list of topics: names, partitions, retention. */
@NullMarked
package io.scalable.contracts.topic;

import org.jspecify.annotations.NullMarked;
