/** What an application holds: columns as values of Java, statements for every phase, and the migration at its start. */
@NullMarked
package dev.sealway.application;

import org.jspecify.annotations.NullMarked;
