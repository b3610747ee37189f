/** The one base type of everything Sealway refuses or fails at. */
@NullMarked
package dev.sealway.error;

import org.jspecify.annotations.NullMarked;
