/** Tools for those who write profiles: a schema, a first draft, a linter, a formatter. */
@NullMarked
package dev.hexe.policy.cli.author;

import org.jspecify.annotations.NullMarked;
