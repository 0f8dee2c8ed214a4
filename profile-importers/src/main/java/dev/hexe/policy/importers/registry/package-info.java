/** All importers. */
@NullMarked
package dev.hexe.policy.importers.registry;

import org.jspecify.annotations.NullMarked;
