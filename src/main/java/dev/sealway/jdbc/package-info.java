/** A small JDBC kit: quoted identifiers, SQL templates, short transactions, errors without values. */
@NullMarked
package dev.sealway.jdbc;

import org.jspecify.annotations.NullMarked;
