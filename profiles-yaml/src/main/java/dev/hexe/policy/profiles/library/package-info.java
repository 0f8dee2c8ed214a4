/** The places where profiles are found, and those that come with the program. */
@NullMarked
package dev.hexe.policy.profiles.library;

import org.jspecify.annotations.NullMarked;
