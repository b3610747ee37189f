/** Ports and formats of encryption: field cipher, keyed hash, associated data, encodings. */
@NullMarked
package dev.sealway.crypto;

import org.jspecify.annotations.NullMarked;
