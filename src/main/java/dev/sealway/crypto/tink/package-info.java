/** Ciphers, keyed hashes and key bundles on Google Tink. */
@NullMarked
package dev.sealway.crypto.tink;

import org.jspecify.annotations.NullMarked;
