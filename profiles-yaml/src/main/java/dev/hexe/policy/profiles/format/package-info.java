/** The canonical style of files: the order of keys, indentation, and comments where they were. */
@NullMarked
package dev.hexe.policy.profiles.format;

import org.jspecify.annotations.NullMarked;
