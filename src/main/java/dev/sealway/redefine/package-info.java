/** Makes again, from saved definitions, what went away with a plaintext column. */
@NullMarked
package dev.sealway.redefine;

import org.jspecify.annotations.NullMarked;
