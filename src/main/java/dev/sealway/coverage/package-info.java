/** Whether a database holds what its plan promises, column by column. */
@NullMarked
package dev.sealway.coverage;

import org.jspecify.annotations.NullMarked;
