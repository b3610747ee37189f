package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConnectionTarget;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** A goal that holds a plan against a database. Whatever Sealway refuses or fails at fails the build. */
abstract class DatabaseGoal extends AbstractMojo {
    /** The plan. */
    @Parameter(property = "sealway.plan", defaultValue = "db/sealway.yaml")
    private File plan;

    /** The database; by default SEALWAY_URL, DATABASE_URL, or PGHOST and its kin. */
    @Parameter(property = "sealway.url")
    private @Nullable String url;

    /** Counts more than the user in the URL. */
    @Parameter(property = "sealway.user")
    private @Nullable String user;

    /** Used where the URL has none; better given as SEALWAY_PASSWORD in the environment, or by server. */
    @Parameter(property = "sealway.password")
    private @Nullable String password;

    /** The server of settings.xml whose user and password are used where none are given. */
    @Parameter(property = "sealway.server")
    private @Nullable String server;

    /** Passes the goal over. */
    @Parameter(property = "sealway.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${settings}", readonly = true)
    private @Nullable Settings settings;

    // the annotation only tells the descriptor's test what the descriptor must say
    @SuppressWarnings("deprecation")
    @Component
    private @Nullable SettingsDecrypter decrypter;

    @Override
    public final void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("Skipped, as sealway.skip says");
            return;
        }
        try {
            Sealway sealway =
                    Sealway.plan(plan.toPath()).environment(System.getenv()).on(target().dataSource());
            run(sealway);
        } catch (SealwayException e) {
            throw new MojoFailureException(e.getMessage());
        }
    }

    /**
     * What the goal does.
     *
     * @throws MojoFailureException if the build should fail
     */
    abstract void run(Sealway sealway) throws MojoFailureException;

    private ConnectionTarget target() {
        Optional<Server> known = Optional.ofNullable(server).map(this::server);
        Map<String, String> environment = new HashMap<>(System.getenv());
        Optional.ofNullable(password)
                .or(() -> known.map(Server::getPassword))
                .ifPresent(secret -> environment.put("SEALWAY_PASSWORD", secret));
        return ConnectionTarget.of(
                new ConnectionTarget.Options(
                        Optional.ofNullable(url),
                        Optional.ofNullable(user).or(() -> known.map(Server::getUsername)),
                        Optional.empty()),
                environment);
    }

    private Server server(String id) {
        Server found = settings == null ? null : settings.getServer(id);
        if (found == null) {
            throw SealwayException.wrongUsage(
                    "settings.xml has no server '%s'; add it under <servers>, or correct sealway.server".formatted(id));
        }
        if (decrypter == null) {
            return found;
        }
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(found));
        if (result.getProblems().stream().anyMatch(p -> p.getSeverity() != SettingsProblem.Severity.WARNING)) {
            throw SealwayException.wrongUsage(
                    "the password of server '%s' in settings.xml cannot be decrypted; look at settings-security.xml"
                            .formatted(id));
        }
        return result.getServer();
    }
}
