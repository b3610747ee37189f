package dev.sealway.flyway;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;
import org.flywaydb.core.internal.resolver.java.JavaMigrationExecutor;
import org.flywaydb.core.internal.util.ClassUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Java migration whose checksum comes from a plan and which can wait: the one class that names Flyway's internals,
 * because its API leaves neither to a Java migration.
 */
abstract class GatedMigration extends BaseJavaMigration {

    /**
     * What Flyway is told about the migration.
     *
     * @param gate asked every time that Flyway looks at its migrations; false lets the migration wait
     */
    record Resolution(String script, String location, int checksum, BooleanSupplier gate) {}

    abstract Resolution resolve(Configuration configuration);

    @Override
    public final ResolvedMigration getResolvedMigration(
            Configuration configuration, @Nullable StatementInterceptor interceptor) {
        Resolution resolution = resolve(configuration);
        JavaMigrationExecutor executor = new JavaMigrationExecutor(this, interceptor) {
            @Override
            public boolean shouldExecute() {
                return resolution.gate().getAsBoolean();
            }
        };
        return new ResolvedMigrationImpl(
                getVersion(),
                getDescription(),
                resolution.script(),
                resolution.checksum(),
                null,
                getType(),
                resolution.location(),
                executor);
    }

    /** For a migration that no class stands for. */
    final ResolvedMigration resolvedIn(MigrationResolver.Context context) {
        return getResolvedMigration(context.configuration, context.statementInterceptor);
    }

    /** Where the class was loaded from. */
    final String classLocation() {
        return Objects.requireNonNullElse(ClassUtils.getLocationOnDisk(getClass()), "");
    }
}
