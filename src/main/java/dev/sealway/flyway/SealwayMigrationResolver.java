package dev.sealway.flyway;

import dev.sealway.config.PlanTexts;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Makes plan files in Flyway's locations migrations, without a line of Java: {@code V7__Seal_users.sealway.yaml} carries
 * out the phases that the file names, {@code R__Drop_plaintext.sealway.yaml} is the drop that waits for its
 * confirmation. Flyway finds this class as a service wherever Sealway's jar is on its class path.
 */
public final class SealwayMigrationResolver implements MigrationResolver {

    private static final Log LOG = LogFactory.getLog(SealwayMigrationResolver.class);

    private final Map<String, String> environment;

    /** For the service loader: key bundles come from the environment of the process. */
    public SealwayMigrationResolver() {
        this(System.getenv());
    }

    /** @param environment where the plans' key providers look for key bundles */
    public SealwayMigrationResolver(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws dev.sealway.error.SealwayException if a file is not named or written as a migration is */
    @Override
    public Collection<ResolvedMigration> resolveMigrations(Context context) {
        List<ResolvedMigration> migrations = new ArrayList<>();
        for (LoadableResource file : context.resourceProvider.getResources("", new String[] {PlanFileName.SUFFIX})) {
            Optional<PlanFileName> name = PlanFileName.parse(file.getFilename(), context.configuration);
            if (name.isEmpty()) {
                LOG.warn("%s is not a migration: its name begins with neither prefix of one"
                        .formatted(file.getFilename()));
                continue;
            }
            migrations.add(migration(name.get(), file).resolvedIn(context));
        }
        return migrations;
    }

    private PlanFileMigration migration(PlanFileName name, LoadableResource file) {
        return new PlanFileMigration(name, file, PlanTexts.migration(text(file), file.getRelativePath()), environment);
    }

    private static String text(LoadableResource file) {
        try (Reader reader = file.read()) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
