@NullMarked
package dev.hexe.policy.cli;

import org.jspecify.annotations.NullMarked;
