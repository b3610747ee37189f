package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.PlanPlace;
import dev.sealway.migration.PlanText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liquibase.Scope;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/** Finds plans where Liquibase finds changelogs (its search path, the class path), then from the directory of the process. */
record PlanResource(@Nullable ResourceAccessor files) {

    /** @throws SealwayException if there is no such plan, several, or it cannot be read */
    PlanText find(String path) {
        try {
            Resource resource = files == null ? null : files.get(path);
            if (resource != null && resource.exists()) {
                return text(resource, path);
            }
        } catch (IOException several) {
            throw SealwayException.wrongUsage(
                    "the plan file %s cannot be read, or stands in several places of Liquibase's search path; keep one"
                            .formatted(path));
        }
        return PlanPlace.of(List.of(), List.of(), Scope.getCurrentScope().getClassLoader(), LiquibaseTool.WORDS)
                .find(path);
    }

    private static PlanText text(Resource resource, String path) throws IOException {
        try (InputStream stream = resource.openInputStream()) {
            return new PlanText(new String(stream.readAllBytes(), StandardCharsets.UTF_8), path);
        }
    }
}
