/** What a person at a terminal sees: lines, tables, progress. */
@NullMarked
package dev.sealway.cli.console;

import org.jspecify.annotations.NullMarked;
