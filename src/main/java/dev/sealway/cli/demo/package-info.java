/** The whole life of a migration on sample data, with proofs at its end. */
@NullMarked
package dev.sealway.cli.demo;

import org.jspecify.annotations.NullMarked;
