/** Makes the encrypted columns authoritative while the plaintext is still there. */
@NullMarked
package dev.sealway.phase.cutover;

import org.jspecify.annotations.NullMarked;
