/** Landlock: files, TCP ports and scopes, without a namespace. */
@NullMarked
package dev.hexe.policy.backend.landlock;

import org.jspecify.annotations.NullMarked;
