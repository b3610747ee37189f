@NullMarked
package dev.sealway.discover.live;

import org.jspecify.annotations.NullMarked;
