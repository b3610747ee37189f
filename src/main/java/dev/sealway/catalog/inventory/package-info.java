/** Everything that hangs on a plaintext column, and what dropping the column would do to it. */
@NullMarked
package dev.sealway.catalog.inventory;

import org.jspecify.annotations.NullMarked;
