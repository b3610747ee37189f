/** Orders the phases, and refuses the one whose time has not come. */
@NullMarked
package dev.sealway.workflow;

import org.jspecify.annotations.NullMarked;
