/** Rewrites the files that keep plaintext after it was dropped, or encrypted in place. */
@NullMarked
package dev.sealway.phase.purge;

import org.jspecify.annotations.NullMarked;
