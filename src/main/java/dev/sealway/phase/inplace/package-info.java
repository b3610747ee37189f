/** Encrypts over the plaintext: looks before the first write, decrypts every row for proof, and decrypts back. */
@NullMarked
package dev.sealway.phase.inplace;

import org.jspecify.annotations.NullMarked;
