package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import db.migration.R__Drop_plaintext_columns;
import db.migration.V2__Add_encrypted_columns;
import db.migration.V3__Backfill_encrypted_columns;
import db.migration.V4__Verify_encrypted_columns;
import db.migration.V5__Create_compatibility_views;
import db.migration.V6__Rehearse_the_way_back;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.Test;

/** One line of Java for each phase. */
class JavaMigrationTest extends MigrationContract {
    private boolean grown;
    private boolean cutOver;

    public static final class V7__Add_encrypted_notes extends ExpandMigration {
        public V7__Add_encrypted_notes() {
            super(2);
        }
    }

    public static final class V8__Backfill_encrypted_notes extends BackfillMigration {
        public V8__Backfill_encrypted_notes() {
            super(2);
        }
    }

    public static final class V9__Verify_encrypted_notes extends VerifyMigration {
        public V9__Verify_encrypted_notes() {
            super(2);
        }
    }

    public static final class V10__Renew_compatibility_views extends ViewsMigration {
        public V10__Renew_compatibility_views() {
            super(2);
        }
    }

    public static final class V11__Rehearse_the_way_back_of_notes extends RehearseMigration {
        public V11__Rehearse_the_way_back_of_notes() {
            super(2);
        }
    }

    public static final class V20__Cut_over extends CutOverMigration {}

    public static final class V12__Drop_too_early extends ContractMigration {}

    @Override
    void addFirstChange(Shop shop) {}

    @Override
    void addSecondChange(Shop shop) {
        grown = true;
    }

    @Override
    void addCutOver(Shop shop) {
        cutOver = true;
    }

    @Override
    Flyway flyway(Shop shop) {
        List<JavaMigration> migrations = new ArrayList<>(List.of(
                new V2__Add_encrypted_columns(),
                new V3__Backfill_encrypted_columns(),
                new V4__Verify_encrypted_columns(),
                new V5__Create_compatibility_views(),
                new V6__Rehearse_the_way_back(),
                new R__Drop_plaintext_columns()));
        if (grown) {
            migrations.add(new V7__Add_encrypted_notes());
            migrations.add(new V8__Backfill_encrypted_notes());
            migrations.add(new V9__Verify_encrypted_notes());
            migrations.add(new V10__Renew_compatibility_views());
            migrations.add(new V11__Rehearse_the_way_back_of_notes());
        }
        if (cutOver) {
            migrations.add(new V20__Cut_over());
        }
        return shop.flyway()
                .javaMigrations(migrations.toArray(JavaMigration[]::new))
                .load();
    }

    @Override
    List<String> versionsOfFirstChange() {
        return List.of("2", "3", "4", "5", "6");
    }

    @Override
    List<String> versionsOfSecondChange() {
        return List.of("7", "8", "9", "10", "11");
    }

    @Test
    void refusesADropWithAVersion() {
        FluentConfiguration configuration = new FluentConfiguration().locations("filesystem:db/migration");

        assertThatThrownBy(() -> new V12__Drop_too_early().getResolvedMigration(configuration, null))
                .hasMessageContaining("V12__Drop_too_early")
                .hasMessageContaining("make it repeatable");
    }

    @Test
    void namesItsClassAsTheScript() {
        FluentConfiguration configuration = new FluentConfiguration().locations("filesystem:db/migration");
        var resolved = new V2__Add_encrypted_columns().getResolvedMigration(configuration, null);

        assertThat(resolved.getScript()).isEqualTo("db.migration.V2__Add_encrypted_columns");
        assertThat(resolved.getVersion().getVersion()).isEqualTo("2");
        assertThat(resolved.getDescription()).isEqualTo("Add encrypted columns");
        assertThat(resolved.getChecksum()).isNotNull();
    }
}
