/** Namespaces, id maps, mounts and the root switch. */
@NullMarked
package dev.hexe.policy.backend.namespaces;

import org.jspecify.annotations.NullMarked;
