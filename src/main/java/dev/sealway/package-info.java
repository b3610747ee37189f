/** The facade: every phase of a migration as one method. */
@NullMarked
package dev.sealway;

import org.jspecify.annotations.NullMarked;
