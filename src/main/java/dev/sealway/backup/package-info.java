/** Encrypted exports of columns, and their reading. */
@NullMarked
package dev.sealway.backup;

import org.jspecify.annotations.NullMarked;
