/** Moves the search tokens of a column to another key, by way of a second column. */
@NullMarked
package dev.sealway.phase.tokens;

import org.jspecify.annotations.NullMarked;
