/** Walks a table by its row key: reads, seals and writes rows in batches. */
@NullMarked
package dev.sealway.batch;

import org.jspecify.annotations.NullMarked;
