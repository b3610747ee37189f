/** Drops the plaintext, after every check has passed again behind a lock. */
@NullMarked
package dev.sealway.phase.contract;

import org.jspecify.annotations.NullMarked;
