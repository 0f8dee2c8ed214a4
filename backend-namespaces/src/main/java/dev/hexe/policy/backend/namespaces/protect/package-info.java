/** Mounts over protected and hidden paths, and the watch over those where nothing is yet. */
@NullMarked
package dev.hexe.policy.backend.namespaces.protect;

import org.jspecify.annotations.NullMarked;
