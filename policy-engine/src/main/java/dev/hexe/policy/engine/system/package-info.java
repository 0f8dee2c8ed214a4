/** The few links of the system that are followed when a plan is made. */
@NullMarked
package dev.hexe.policy.engine.system;

import org.jspecify.annotations.NullMarked;
