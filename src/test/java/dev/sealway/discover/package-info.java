@NullMarked
package dev.sealway.discover;

import org.jspecify.annotations.NullMarked;
