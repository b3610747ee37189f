/** What encrypted columns and their tokens take over from the plaintext: NOT NULL and uniqueness. */
@NullMarked
package dev.sealway.takeover;

import org.jspecify.annotations.NullMarked;
