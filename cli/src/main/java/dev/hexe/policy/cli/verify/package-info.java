/** Evidence of what was tried from inside, for people, programs and test runners. */
@NullMarked
package dev.hexe.policy.cli.verify;

import org.jspecify.annotations.NullMarked;
