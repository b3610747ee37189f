/** The parts of a walk by themselves, without a database: {@code make bench-parts}. */
@NullMarked
package dev.sealway.bench.parts;

import org.jspecify.annotations.NullMarked;
