/** The rules that hold the tree: directions, rooms, and the pages that describe them. */
@NullMarked
package dev.sealway.architecture;

import org.jspecify.annotations.NullMarked;
