/** Seals, stores, looks at and opens one value for every column, on a copy that is rolled back. */
@NullMarked
package dev.sealway.phase.selftest;

import org.jspecify.annotations.NullMarked;
