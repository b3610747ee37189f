/** Where plaintext lingers after it was dropped or encrypted, as far as SQL can see. */
@NullMarked
package dev.sealway.residue;

import org.jspecify.annotations.NullMarked;
