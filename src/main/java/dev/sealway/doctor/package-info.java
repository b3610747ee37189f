/** Looks at server, connection and roles for what would leak values or stop a run, before there is one. */
@NullMarked
package dev.sealway.doctor;

import org.jspecify.annotations.NullMarked;
