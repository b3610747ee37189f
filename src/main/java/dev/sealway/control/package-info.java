/** A run while it is under way: alone on its tables, and at the pace that people and the server want. */
@NullMarked
package dev.sealway.control;

import org.jspecify.annotations.NullMarked;
