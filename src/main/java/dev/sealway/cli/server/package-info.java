/** An embedded PostgreSQL, for the demo and for trying things out. */
@NullMarked
package dev.sealway.cli.server;

import org.jspecify.annotations.NullMarked;
