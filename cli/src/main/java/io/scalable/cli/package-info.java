/**
 * The {@code scalable} command: one class per subcommand, and the {@link
 * io.scalable.cli.Standalone} that runs the broker and every service in this JVM. Commands read
 * their options, call the modules and print; nothing is decided here.
 */
@NullMarked
package io.scalable.cli;

import org.jspecify.annotations.NullMarked;
