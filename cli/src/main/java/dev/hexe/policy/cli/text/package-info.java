/**
 * Text for people and programs: tables, colours, JSON, suggestions, and words made fit for a
 * terminal.
 */
@NullMarked
package dev.hexe.policy.cli.text;

import org.jspecify.annotations.NullMarked;
