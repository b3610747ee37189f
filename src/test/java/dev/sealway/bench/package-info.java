/** Measures; nothing here is a test, and no test looks at a time. */
@NullMarked
package dev.sealway.bench;

import org.jspecify.annotations.NullMarked;
