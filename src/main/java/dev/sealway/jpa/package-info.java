/** Sealed columns as attributes of entities. */
@NullMarked
package dev.sealway.jpa;

import org.jspecify.annotations.NullMarked;
