/** The reports of the phases as text and as JSON. */
@NullMarked
package dev.sealway.cli.report;

import org.jspecify.annotations.NullMarked;
