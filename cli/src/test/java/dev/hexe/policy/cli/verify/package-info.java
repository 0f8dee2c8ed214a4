@NullMarked
package dev.hexe.policy.cli.verify;

import org.jspecify.annotations.NullMarked;
