/** A cipher of Transit's form without a server, and lives of tables that are encrypted in place with it. */
@NullMarked
package dev.sealway.testing.transit;

import org.jspecify.annotations.NullMarked;
