/** Takes everything back: before the drop what expand added, after a cut over or the drop the plaintext from its ciphertexts. */
@NullMarked
package dev.sealway.phase.rollback;

import org.jspecify.annotations.NullMarked;
