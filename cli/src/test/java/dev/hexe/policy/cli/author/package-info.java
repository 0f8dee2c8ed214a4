/** Tests of the tools for authors. */
@NullMarked
package dev.hexe.policy.cli.author;

import org.jspecify.annotations.NullMarked;
