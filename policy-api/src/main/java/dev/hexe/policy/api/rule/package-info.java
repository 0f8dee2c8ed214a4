/** Rules of a site, as they were written. */
@NullMarked
package dev.hexe.policy.api.rule;

import org.jspecify.annotations.NullMarked;
