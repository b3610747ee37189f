/** This project's own migrations; not part of the published jar. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
