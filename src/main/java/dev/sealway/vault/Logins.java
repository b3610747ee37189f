package dev.sealway.vault;

import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks Vault for tokens and about them, through the driver. Every method asks once. */
final class Logins {

    private final String place;
    private final VaultHttp http;

    Logins(String place, VaultHttp http) {
        this.place = place;
        this.http = http;
    }

    /** @throws VaultRefusedException if Vault does not let us in: to be asked again only when somebody changed something */
    Token logIn(Login login) {
        if (login instanceof Login.GivenToken given) {
            return lookedUp(Token.of(given.token().read(), Duration.ZERO, false));
        }
        if (login instanceof Login.AppRole role) {
            String secretId = role.secretId().read();
            return byMethod(role.mount(), auth -> auth.loginByAppRole(role.mount(), role.roleId(), secretId));
        }
        Login.Kubernetes kubernetes = (Login.Kubernetes) login;
        String jwt = kubernetes.jwt().read();
        return byMethod(
                kubernetes.mount(),
                auth -> auth.loginByJwt("kubernetes", kubernetes.role(), jwt, "auth/" + kubernetes.mount()));
    }

    private interface Method {
        AuthResponse on(io.github.jopenlibs.vault.api.Auth auth) throws io.github.jopenlibs.vault.VaultException;
    }

    private Token byMethod(String mount, Method method) {
        String doing = "logging in by auth/%s".formatted(mount);
        AuthResponse answer =
                Driver.call(doing, place, mount, ask -> letIn(doing, ask), vault -> method.on(vault.auth()));
        return token(doing, answer);
    }

    private Reply letIn(String doing, Ask ask) {
        Reply reply = http.exchange(doing, ask, Optional.empty());
        if (reply.isDone()) {
            return reply;
        }
        if (reply.status() == 400 || reply.status() == 403) {
            throw new VaultRefusedException(
                    doing,
                    "%s does not let us in (HTTP %d)".formatted(place, reply.status()),
                    "check role and secret; it is not asked again soon, because Vault locks out whoever fails often");
        }
        throw Statuses.failure(doing, place, reply);
    }

    /** A token that was given says of itself how long it lives, where its policy lets it; else that stays unknown. */
    private Token lookedUp(Token token) {
        String doing = "looking up the token";
        try {
            LookupResponse answer =
                    Driver.call(doing, place, "token", ask -> asked(doing, ask, token), vault -> vault.auth()
                            .lookupSelf());
            return token.with(Duration.ofSeconds(answer.getTTL()), answer.isRenewable());
        } catch (VaultRefusedException e) {
            return token;
        }
    }

    /** The same token with a longer life, as long as Vault grants. */
    Token renewed(Token token) {
        String doing = "renewing the token";
        AuthResponse answer = Driver.call(doing, place, "token", ask -> asked(doing, ask, token), vault -> vault.auth()
                .renewSelf());
        return token.with(Duration.ofSeconds(answer.getAuthLeaseDuration()), answer.isAuthRenewable());
    }

    private Reply asked(String doing, Ask ask, Token token) {
        Reply reply = http.exchange(doing, ask, Optional.of(token));
        if (reply.isDone()) {
            return reply;
        }
        throw Statuses.failure(doing, place, reply);
    }

    private Token token(String doing, AuthResponse answer) {
        String text = answer.getAuthClientToken();
        if (text == null || text.isEmpty()) {
            throw new VaultRefusedException(
                    doing,
                    "%s answered without a token".formatted(place),
                    "check 'auth' and 'auth-mount': the mount has to be of that method");
        }
        return Token.of(text, Duration.ofSeconds(answer.getAuthLeaseDuration()), answer.isAuthRenewable());
    }
}
