/** Phases as Liquibase changes. */
@NullMarked
package dev.sealway.liquibase;

import org.jspecify.annotations.NullMarked;
