/** The host and the caller, as they are tried and as {@code doctor} tells them. */
@NullMarked
package dev.hexe.policy.cli.host;

import org.jspecify.annotations.NullMarked;
