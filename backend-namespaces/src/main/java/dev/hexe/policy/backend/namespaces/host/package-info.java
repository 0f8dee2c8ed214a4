/** Facts about the namespaces this host gives, and advice where it gives none. */
@NullMarked
package dev.hexe.policy.backend.namespaces.host;

import org.jspecify.annotations.NullMarked;
