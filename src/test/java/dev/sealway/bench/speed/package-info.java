/** Backfill and verify beside floors and other ways of doing the same, in one run: {@code make bench}. */
@NullMarked
package dev.sealway.bench.speed;

import org.jspecify.annotations.NullMarked;
