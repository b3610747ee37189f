package dev.sealway.migration;

/**
 * How a migration tool calls what Sealway's messages have to name.
 *
 * @param setting what it calls a setting, as {@code placeholder}
 * @param namingAPlan how a plan is named, as the end of a sentence
 * @param confirmation a command with {@code %s} where the phrase stands
 * @param rehearsing what is to be added for phase rehearse, as {@code a migration of phase rehearse}
 */
public record Tool(String setting, String namingAPlan, String confirmation, String rehearsing) {}
