/** Settings in rows: a key, its option, its place in the model, and how it is shown. */
@NullMarked
package dev.hexe.policy.profiles.setting;

import org.jspecify.annotations.NullMarked;
