/** What the planner tells over HTTP where it is an application of its own: its health. */
@NullMarked
package io.scalable.planner.rest;

import org.jspecify.annotations.NullMarked;
