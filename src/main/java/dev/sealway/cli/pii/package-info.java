/** Tables encrypted in place in one go: environment, plan, backup, backfill, verify, and the counts. */
@NullMarked
package dev.sealway.cli.pii;

import org.jspecify.annotations.NullMarked;
