@NullMarked
package dev.hexe.policy.verification;

import org.jspecify.annotations.NullMarked;
