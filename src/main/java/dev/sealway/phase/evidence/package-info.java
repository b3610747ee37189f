/** Compares what ciphertexts hold with the evidence that verify stored. */
@NullMarked
package dev.sealway.phase.evidence;

import org.jspecify.annotations.NullMarked;
