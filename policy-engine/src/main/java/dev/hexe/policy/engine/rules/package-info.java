/** The rule engine, made to fail closed. */
@NullMarked
package dev.hexe.policy.engine.rules;

import org.jspecify.annotations.NullMarked;
