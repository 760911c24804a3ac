/** Settings of the dispatcher service, and its start and end within Quarkus. */
@NullMarked
package io.scalable.dispatcher.config;

import org.jspecify.annotations.NullMarked;
