/** Decrypts every row, compares it with the plaintext and stores evidence. */
@NullMarked
package dev.sealway.phase.verify;

import org.jspecify.annotations.NullMarked;
