package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;

/**
 * A column whose search tokens move to another key.
 *
 * @param older the token's column under the old key
 * @param newer the one under the new key
 * @param exact whether different values have different tokens, as far as anybody will ever see: short ones may not
 */
public record RotatedToken(Identifier encrypted, Identifier older, Identifier newer, boolean exact) {}
