@NullMarked
package dev.hexe.policy.exposure;

import org.jspecify.annotations.NullMarked;
