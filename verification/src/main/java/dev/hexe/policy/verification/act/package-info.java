/** Acts, their answers, and what is expected of them. */
@NullMarked
package dev.hexe.policy.verification.act;

import org.jspecify.annotations.NullMarked;
