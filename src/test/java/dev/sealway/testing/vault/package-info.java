/** A Vault to test against: a fake with real cryptography, and where to find real ones. */
@NullMarked
package dev.sealway.testing.vault;

import org.jspecify.annotations.NullMarked;
