/** Measures on a sample what a backfill will cost. */
@NullMarked
package dev.sealway.phase.estimate;

import org.jspecify.annotations.NullMarked;
