/** The gateway's log: which destinations sandboxes asked for, and what came of it. */
@NullMarked
package dev.hexe.policy.cli.log;

import org.jspecify.annotations.NullMarked;
