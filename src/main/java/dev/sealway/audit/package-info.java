/** Who did what, when: a chain of signed entries that nobody changes unnoticed. */
@NullMarked
package dev.sealway.audit;

import org.jspecify.annotations.NullMarked;
