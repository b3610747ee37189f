package org.example.people;

import dev.sealway.Sealway;
import dev.sealway.application.Migration;
import dev.sealway.application.StartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

@Configuration
class SealwayBeans {

    // example:beans
    @Bean
    Sealway sealway(DataSource database, @Value("${sealway.refresh}") Duration refresh) throws IOException {
        return Sealway.plan(planFile())
                .environment(System.getenv())
                .refresh(refresh)
                .on(database);
    }

    /** After Flyway, and before the application serves. Closing the application ends it. */
    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Migration migration(Sealway sealway, @Value("${sealway.backfill}") String backfill) {
        return sealway.migrate(StartUp.parse(backfill));
    }
    // end:beans

    /** Within the jar the plan is no file. */
    private static Path planFile() throws IOException {
        Path file = Files.createTempFile("sealway", ".yaml");
        Files.write(file, new ClassPathResource("sealway.yaml").getContentAsByteArray());
        file.toFile().deleteOnExit();
        return file;
    }
}
