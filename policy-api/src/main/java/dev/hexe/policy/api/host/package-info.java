/**
 * The caller and the host: ids and variables, facts found by trying, and the tree of files seen at
 * compile time.
 */
@NullMarked
package dev.hexe.policy.api.host;

import org.jspecify.annotations.NullMarked;
