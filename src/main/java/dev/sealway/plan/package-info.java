/** What is to be encrypted and how, as reviewed by people: pure values. */
@NullMarked
package dev.sealway.plan;

import org.jspecify.annotations.NullMarked;
