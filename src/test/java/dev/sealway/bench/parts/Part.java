package dev.sealway.bench.parts;

/**
 * What one part of a walk costs. Immutable.
 *
 * @param name with its unit: a value, a token, a row
 * @param microseconds for one of these, the mean of all rounds
 * @param error half of the interval in which the mean lies with 99.9 % confidence, in microseconds
 */
public record Part(String name, double microseconds, double error) {}
