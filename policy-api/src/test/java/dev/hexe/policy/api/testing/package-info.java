/** Material that tests of every module build their cases from. */
@NullMarked
package dev.hexe.policy.api.testing;

import org.jspecify.annotations.NullMarked;
