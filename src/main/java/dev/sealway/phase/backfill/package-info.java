/** Encrypts every row that is not encrypted yet, and catches up with what changed meanwhile. */
@NullMarked
package dev.sealway.phase.backfill;

import org.jspecify.annotations.NullMarked;
