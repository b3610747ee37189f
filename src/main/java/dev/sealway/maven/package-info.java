/** The Maven goals. */
@NullMarked
package dev.sealway.maven;

import org.jspecify.annotations.NullMarked;
