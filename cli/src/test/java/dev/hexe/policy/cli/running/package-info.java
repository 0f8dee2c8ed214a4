@NullMarked
package dev.hexe.policy.cli.running;

import org.jspecify.annotations.NullMarked;
