/** Searches the files of a server's data directory for texts that must not be there. */
@NullMarked
package dev.sealway.residue.disk;

import org.jspecify.annotations.NullMarked;
