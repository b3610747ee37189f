/** Gives applications the old shape of a table over its encrypted columns. */
@NullMarked
package dev.sealway.phase.views;

import org.jspecify.annotations.NullMarked;
