package dev.sealway.phase.expand;

import dev.sealway.jdbc.Sql;

/**
 * One definition that expand changes.
 *
 * @param done told in the past tense once it is committed
 * @param sql the statement
 */
public record ExpandStep(String done, Sql sql) {}
