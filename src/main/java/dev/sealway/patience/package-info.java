/** How often and how long to try again what may pass by itself. */
@NullMarked
package dev.sealway.patience;

import org.jspecify.annotations.NullMarked;
