/** The indexes that come with encryption: on search tokens, and on rows that are not encrypted yet. */
@NullMarked
package dev.sealway.index;

import org.jspecify.annotations.NullMarked;
