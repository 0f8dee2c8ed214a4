/** Files of a site and of a user that count for all profiles. */
@NullMarked
package dev.hexe.policy.profiles.site;

import org.jspecify.annotations.NullMarked;
