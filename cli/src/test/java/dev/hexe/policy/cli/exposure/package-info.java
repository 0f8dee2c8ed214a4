@NullMarked
package dev.hexe.policy.cli.exposure;

import org.jspecify.annotations.NullMarked;
