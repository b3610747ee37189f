/** Seals values in Vault's Transit engine, whose keys never leave it. */
@NullMarked
package dev.sealway.crypto.transit;

import org.jspecify.annotations.NullMarked;
