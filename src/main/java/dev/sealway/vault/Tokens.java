package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token in use: asked for when it is first needed, renewed when less than a third of its life is left, replaced
 * when Vault denies it, and not before. A login that Vault refused is not tried again for a while, by no thread: some
 * failures more, and Vault locks the role out. Thread-safe.
 */
final class Tokens {

    private static final Duration AFTER_THE_FIRST_REFUSAL = Duration.ofMinutes(5);

    /** Vault forgets failures when there was none for 15 minutes; until then it counts them, to five. */
    private static final Duration AFTER_ANOTHER = Duration.ofMinutes(16);

    private final Login login;
    private final Logins logins;
    private final LongSupplier nanoTime;
    private @Nullable Token current;
    private Duration firstLife = Duration.ZERO;
    private long renewAt;
    private @Nullable VaultRefusedException refusal;
    private long askAgainAt;

    Tokens(Login login, Logins logins, LongSupplier nanoTime) {
        this.login = login;
        this.logins = logins;
        this.nanoTime = nanoTime;
    }

    synchronized Token current() {
        Token token = current;
        if (token == null) {
            return logIn();
        }
        boolean due = !token.life().isZero() && nanoTime.getAsLong() - renewAt >= 0;
        return due ? renew(token) : token;
    }

    /** Another token than the one that was denied, if one can be had. */
    synchronized Optional<Token> instead(Token denied) {
        Token token = current;
        if (token != null && !token.isSameAs(denied)) {
            return Optional.of(token);
        }
        Token fresh = logIn();
        return fresh.isSameAs(denied) ? Optional.empty() : Optional.of(fresh);
    }

    private Token logIn() {
        VaultRefusedException before = refusal;
        if (before != null && nanoTime.getAsLong() - askAgainAt < 0) {
            throw before.again();
        }
        try {
            Token token = logins.logIn(login);
            refusal = null;
            firstLife = token.life();
            return keep(token);
        } catch (VaultRefusedException e) {
            Duration pause = before == null ? AFTER_THE_FIRST_REFUSAL : AFTER_ANOTHER;
            askAgainAt = nanoTime.getAsLong() + pause.toNanos();
            refusal = e;
            throw e;
        }
    }

    private Token renew(Token token) {
        boolean nearItsEnd = token.life().compareTo(firstLife.dividedBy(2)) < 0;
        boolean given = login instanceof Login.GivenToken;
        boolean another = !given && (nearItsEnd || !token.isRenewable());
        if (!another && !token.isRenewable()) {
            return postpone(token);
        }
        try {
            return another ? logIn() : keep(logins.renewed(token));
        } catch (SealwayException e) {
            // it is still good for a while; when it is not, Vault denies it, and that is when to replace it
            return postpone(token);
        }
    }

    private Token keep(Token token) {
        current = token;
        renewAt = nanoTime.getAsLong() + token.life().toNanos() / 3 * 2;
        return token;
    }

    private Token postpone(Token token) {
        renewAt = nanoTime.getAsLong() + token.life().toNanos() / 10;
        return token;
    }
}
