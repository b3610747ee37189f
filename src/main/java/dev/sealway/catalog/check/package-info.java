/** Holds a plan against the live database and reports all that is wrong at once. */
@NullMarked
package dev.sealway.catalog.check;

import org.jspecify.annotations.NullMarked;
