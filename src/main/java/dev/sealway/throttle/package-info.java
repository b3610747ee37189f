/** How much a run burdens the server, and how long it should pause for that. */
@NullMarked
package dev.sealway.throttle;

import org.jspecify.annotations.NullMarked;
