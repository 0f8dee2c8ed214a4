/** Units of systemd. */
@NullMarked
package dev.hexe.policy.importers.systemd;

import org.jspecify.annotations.NullMarked;
