/** Key bundles in an environment variable. */
@NullMarked
package dev.sealway.keys.env;

import org.jspecify.annotations.NullMarked;
