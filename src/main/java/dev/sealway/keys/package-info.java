/** The port through which key material is fetched and created. */
@NullMarked
package dev.sealway.keys;

import org.jspecify.annotations.NullMarked;
