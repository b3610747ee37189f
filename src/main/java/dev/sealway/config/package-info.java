/** The composition root: a plan and an environment become a wired Sealway. */
@NullMarked
package dev.sealway.config;

import org.jspecify.annotations.NullMarked;
