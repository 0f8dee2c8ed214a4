/** Lua, run with nothing but what a configuration is made of, in bounded time and memory. */
@NullMarked
package dev.hexe.policy.importers.lua;

import org.jspecify.annotations.NullMarked;
