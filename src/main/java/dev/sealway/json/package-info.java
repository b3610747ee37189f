/** The one place where JSON is written and parsed. */
@NullMarked
package dev.sealway.json;

import org.jspecify.annotations.NullMarked;
