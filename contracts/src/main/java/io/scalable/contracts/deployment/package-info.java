/** The deployment: one manifest deployed to one target, as it travels on scalable.deployments. */
@NullMarked
package io.scalable.contracts.deployment;

import org.jspecify.annotations.NullMarked;
