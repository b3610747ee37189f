/** The conversation with HashiCorp Vault: logins, the key-value engine, Transit. */
@NullMarked
package dev.sealway.vault;

import org.jspecify.annotations.NullMarked;
