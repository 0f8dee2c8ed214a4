/** The file in which decisions are written down, and the form of its lines. */
@NullMarked
package dev.hexe.policy.gateway.log;

import org.jspecify.annotations.NullMarked;
