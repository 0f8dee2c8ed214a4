/** Rules that a site adds: their conditions, effects and outcome. */
@NullMarked
package dev.hexe.policy.engine.site;

import org.jspecify.annotations.NullMarked;
