/** The profile for projects, its caches, and runs that can be thrown away. */
@NullMarked
package dev.hexe.policy.conformance.project;

import org.jspecify.annotations.NullMarked;
