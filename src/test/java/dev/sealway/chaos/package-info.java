/** The proof by breaking it: kills, cuts, restarts and outages among writing applications, and every row compared. */
@NullMarked
package dev.sealway.chaos;

import org.jspecify.annotations.NullMarked;
