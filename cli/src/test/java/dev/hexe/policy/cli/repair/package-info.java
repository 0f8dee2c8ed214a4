@NullMarked
package dev.hexe.policy.cli.repair;

import org.jspecify.annotations.NullMarked;
