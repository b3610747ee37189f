/** Key bundles in Vault's key-value engine. */
@NullMarked
package dev.sealway.keys.vault;

import org.jspecify.annotations.NullMarked;
