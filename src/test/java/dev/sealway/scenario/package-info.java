/** Whole lives of migrations, as their users live them. */
@NullMarked
package dev.sealway.scenario;

import org.jspecify.annotations.NullMarked;
