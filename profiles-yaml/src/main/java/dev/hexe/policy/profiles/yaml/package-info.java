/** YAML in which every node knows its place, and mistakes that are told with it. */
@NullMarked
package dev.hexe.policy.profiles.yaml;

import org.jspecify.annotations.NullMarked;
