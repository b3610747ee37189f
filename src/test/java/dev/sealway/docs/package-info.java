/** Holds the documentation to the code. */
@NullMarked
package dev.sealway.docs;

import org.jspecify.annotations.NullMarked;
