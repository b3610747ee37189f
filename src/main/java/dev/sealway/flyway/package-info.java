/** Phases as Flyway migrations, in Java or as plan files. */
@NullMarked
package dev.sealway.flyway;

import org.jspecify.annotations.NullMarked;
