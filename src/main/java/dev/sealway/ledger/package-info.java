/** What has been done: Sealway's own schema, from which every phase resumes. */
@NullMarked
package dev.sealway.ledger;

import org.jspecify.annotations.NullMarked;
