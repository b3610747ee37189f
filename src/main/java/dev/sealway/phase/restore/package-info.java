/** Puts back from a backup the values whose ciphertexts do not open any more. */
@NullMarked
package dev.sealway.phase.restore;

import org.jspecify.annotations.NullMarked;
