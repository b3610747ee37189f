/** The triggers that never let a stale ciphertext survive. */
@NullMarked
package dev.sealway.guard;

import org.jspecify.annotations.NullMarked;
