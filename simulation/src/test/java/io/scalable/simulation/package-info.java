@org.jspecify.annotations.NullMarked
package io.scalable.simulation;
