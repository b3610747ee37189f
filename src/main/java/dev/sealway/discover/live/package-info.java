/** Looks over a live database, read only and in bounds: its tables, what is said of them, and some of their values. */
@NullMarked
package dev.sealway.discover.live;

import org.jspecify.annotations.NullMarked;
