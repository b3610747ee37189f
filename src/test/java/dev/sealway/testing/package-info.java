/** The test harness: a real PostgreSQL and a fresh database for every test. */
@NullMarked
package dev.sealway.testing;

import org.jspecify.annotations.NullMarked;
