/** What migration tools have in common: their settings, the place of the plan, phases as one step, the gate of the drop. */
@NullMarked
package dev.sealway.migration;

import org.jspecify.annotations.NullMarked;
