/** Policies: written, imported, learned, selected, ruled by a site, and extended by plug-ins. */
@NullMarked
package dev.hexe.policy.conformance.policies;

import org.jspecify.annotations.NullMarked;
