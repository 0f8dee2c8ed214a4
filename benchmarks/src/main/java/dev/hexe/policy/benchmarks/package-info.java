/** The engine under JMH; {@code ./bench} runs it. */
@NullUnmarked
package dev.hexe.policy.benchmarks;

import org.jspecify.annotations.NullUnmarked;
