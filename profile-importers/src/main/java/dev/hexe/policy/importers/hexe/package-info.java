/** Configurations of hexe: {@code init.lua} and {@code mux.json}. */
@NullMarked
package dev.hexe.policy.importers.hexe;

import org.jspecify.annotations.NullMarked;
