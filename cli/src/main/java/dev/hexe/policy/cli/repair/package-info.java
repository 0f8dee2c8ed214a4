/**
 * Writes down, as a script to be reviewed, what would mend a host. Nothing here changes the host.
 */
@NullMarked
package dev.hexe.policy.cli.repair;

import org.jspecify.annotations.NullMarked;
