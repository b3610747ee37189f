/** What the live database is: tables, columns, row keys, and everything that hangs on a column. */
@NullMarked
package dev.sealway.catalog;

import org.jspecify.annotations.NullMarked;
