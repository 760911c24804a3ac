/** What the dispatcher tells over HTTP where it is an application of its own: its health. */
@NullMarked
package io.scalable.dispatcher.rest;

import org.jspecify.annotations.NullMarked;
