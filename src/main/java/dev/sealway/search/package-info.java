/** Blind indexes: normalisers, search tokens, and what a token gives away. */
@NullMarked
package dev.sealway.search;

import org.jspecify.annotations.NullMarked;
