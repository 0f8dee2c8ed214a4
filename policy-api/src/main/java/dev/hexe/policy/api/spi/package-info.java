/** The interfaces that a module implements to offer isolation mechanisms. */
@NullMarked
package dev.hexe.policy.api.spi;

import org.jspecify.annotations.NullMarked;
