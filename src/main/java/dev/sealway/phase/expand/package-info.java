/** Adds the encrypted columns, their shape checks and the guard. */
@NullMarked
package dev.sealway.phase.expand;

import org.jspecify.annotations.NullMarked;
