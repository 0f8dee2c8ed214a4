/** The targets that acts are tried on: paths, disks, other processes, networks. */
@NullMarked
package dev.hexe.policy.verification.environment;

import org.jspecify.annotations.NullMarked;
