/** Dockerfiles and compose files. */
@NullMarked
package dev.hexe.policy.importers.container;

import org.jspecify.annotations.NullMarked;
