/** Plans from profiles: how they are made, refused and listed. */
@NullMarked
package dev.hexe.policy.cli.plan;

import org.jspecify.annotations.NullMarked;
