/**
 * What the providers of workers without a folder in common share: how a worker is started by words
 * and environment alone, and what workers say of themselves. Each provider is a package of its own
 * below.
 */
@NullMarked
package io.scalable.provider.cloud;

import org.jspecify.annotations.NullMarked;
