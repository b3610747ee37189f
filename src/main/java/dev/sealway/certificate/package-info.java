/** The document that tells a person what was encrypted, by whom, and what proves it. */
@NullMarked
package dev.sealway.certificate;

import org.jspecify.annotations.NullMarked;
