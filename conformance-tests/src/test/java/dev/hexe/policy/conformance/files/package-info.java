/** Files: what can be read, written, seen and replaced from inside. */
@NullMarked
package dev.hexe.policy.conformance.files;

import org.jspecify.annotations.NullMarked;
