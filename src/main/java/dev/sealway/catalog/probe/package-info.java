/** What the rows themselves say before anything is created: losses, leakage, duplicates. */
@NullMarked
package dev.sealway.catalog.probe;

import org.jspecify.annotations.NullMarked;
