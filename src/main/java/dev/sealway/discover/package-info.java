/** Tells by name, type, comment and a sample of values which columns look like personal data or secrets. Pure. */
@NullMarked
package dev.sealway.discover;

import org.jspecify.annotations.NullMarked;
