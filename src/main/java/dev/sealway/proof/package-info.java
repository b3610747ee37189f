/** Decrypts rows, compares them with their plaintext, and sums them up as evidence. */
@NullMarked
package dev.sealway.proof;

import org.jspecify.annotations.NullMarked;
