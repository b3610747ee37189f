/** What a build keeps of a look at a database: a page to read, JSON, and JUnit's XML. */
@NullMarked
package dev.sealway.report;

import org.jspecify.annotations.NullMarked;
