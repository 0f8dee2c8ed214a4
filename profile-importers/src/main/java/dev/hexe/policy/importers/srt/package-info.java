/** Settings of sandbox-runtime. */
@NullMarked
package dev.hexe.policy.importers.srt;

import org.jspecify.annotations.NullMarked;
