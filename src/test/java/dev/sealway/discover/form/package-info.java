@NullMarked
package dev.sealway.discover.form;

import org.jspecify.annotations.NullMarked;
