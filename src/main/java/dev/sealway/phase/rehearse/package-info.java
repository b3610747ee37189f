/** Proves the way back after the drop, on a copy of a sample that is rolled back. */
@NullMarked
package dev.sealway.phase.rehearse;

import org.jspecify.annotations.NullMarked;
