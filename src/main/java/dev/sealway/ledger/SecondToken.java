package dev.sealway.ledger;

import dev.sealway.jdbc.Identifier;

/**
 * The token that a column has beside its registered one while its tokens move to another key.
 *
 * @param column where it is stored
 * @param keyId the key of the token keyset that makes it
 * @param state {@link RotationState#FILLING} where this is the new token, {@link RotationState#RETIRING} where it is the
 *     old one
 * @param generation the number of the new token's column: 2 for the first rotation
 */
public record SecondToken(Identifier column, long keyId, RotationState state, int generation) {}
