/** What a single value looks like: check digits, prefixes, grammars. Pure. */
@NullMarked
package dev.sealway.discover.form;

import org.jspecify.annotations.NullMarked;
