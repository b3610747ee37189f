/** Reads the plan file, and reports all its faults with their lines. */
@NullMarked
package dev.sealway.planfile;

import org.jspecify.annotations.NullMarked;
