/** Removes what expand added, while the plaintext is still authoritative. */
@NullMarked
package dev.sealway.phase.rollback;

import org.jspecify.annotations.NullMarked;
