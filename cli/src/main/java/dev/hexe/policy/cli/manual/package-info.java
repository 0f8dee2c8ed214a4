/**
 * Manual pages and completions, written from the commands' own descriptions when the program is
 * packed.
 */
@NullMarked
package dev.hexe.policy.cli.manual;

import org.jspecify.annotations.NullMarked;
