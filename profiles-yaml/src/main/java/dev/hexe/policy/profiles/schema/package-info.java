/** The JSON Schema, and how files are formatted. */
@NullMarked
package dev.hexe.policy.profiles.schema;

import org.jspecify.annotations.NullMarked;
