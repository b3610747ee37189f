/** The command line. */
@NullMarked
package dev.sealway.cli;

import org.jspecify.annotations.NullMarked;
