/** Plans from profiles: how they are made, refused, kept and listed. */
@NullMarked
package dev.hexe.policy.cli.plan;

import org.jspecify.annotations.NullMarked;
