@NullMarked
package dev.hexe.policy.profiles;

import org.jspecify.annotations.NullMarked;
