/** Pages in the making: whatever comes from outside is escaped, and all look alike. */
@NullMarked
package dev.sealway.html;

import org.jspecify.annotations.NullMarked;
