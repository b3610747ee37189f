/** What a phase tells while it runs. */
@NullMarked
package dev.sealway.progress;

import org.jspecify.annotations.NullMarked;
