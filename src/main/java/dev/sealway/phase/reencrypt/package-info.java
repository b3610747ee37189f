/** Moves ciphertexts to the keyset primary, and counts the rows of every key. */
@NullMarked
package dev.sealway.phase.reencrypt;

import org.jspecify.annotations.NullMarked;
