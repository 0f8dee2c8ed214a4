/** The project one is in: its policy, its caches, its git directories. */
@NullMarked
package dev.hexe.policy.profiles.project;

import org.jspecify.annotations.NullMarked;
