/**
 * Plug-ins: jars in a folder of the site's and one of the user's, found before anything is read or
 * compiled, and examined before any class of theirs is loaded.
 */
@NullMarked
package dev.hexe.policy.cli.plugin;

import org.jspecify.annotations.NullMarked;
