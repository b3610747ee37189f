/** Key bundles in a file that only its owner can read. */
@NullMarked
package dev.sealway.keys.file;

import org.jspecify.annotations.NullMarked;
