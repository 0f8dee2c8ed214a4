/**
 * The profile that the command line asks for: how it is chosen, who may have written it, and the
 * rules of the site that it is subject to.
 */
@NullMarked
package dev.hexe.policy.cli.selection;

import org.jspecify.annotations.NullMarked;
