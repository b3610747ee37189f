package dev.sealway.liquibase;

import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.ConsoleUIService;

/** A copy of the project in {@code docs/tutorial/liquibase}, whose keys are in a file, on a database of its own. */
final class ShopProject {
    private static final Path EXAMPLE = Path.of("docs/tutorial/liquibase");
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        LIQUIBASE.setLevel(Level.OFF);
    }

    private final Path project;
    private final TestDatabase database;
    private final Map<String, String> parameters = new HashMap<>(Map.of("sealway.offlineCopy", "paper in the safe"));
    private final Map<String, Object> scope = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    ShopProject(Path project, TestDatabase database) throws IOException {
        this.project = project;
        this.database = database;
        Path keys = project.resolve("keys.json");
        try (GeneratedBundle bundle = GeneratedBundle.generate("shop", Algorithm.AES256_GCM)) {
            new FileKeyProvider().create(new KeyRef(keys.toString(), Map.of()), bundle.material());
        }
        Files.createDirectories(project.resolve("db"));
        write("db/changelog.xml", Files.readString(EXAMPLE.resolve("db/changelog.xml")));
        write(
                "db/sealway.yaml",
                Files.readString(EXAMPLE.resolve("db/sealway.yaml"))
                        .replace("provider: env, ref: SEALWAY_KEYS", "provider: file, ref: '%s'".formatted(keys)));
        scope.put("liquibase.analytics.enabled", false);
        scope.put(Scope.Attr.ui.name(), new ConsoleUIService() {
            @Override
            public void sendMessage(String message) {
                told.add(message);
            }
        });
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(project.resolve(file), text);
    }

    /** Changes a file of the project. */
    ShopProject edit(String file, String what, String becomes) throws IOException {
        String text = Files.readString(project.resolve(file));
        if (!text.contains(what)) {
            throw new AssertionError("%s does not contain %s".formatted(file, what));
        }
        write(file, text.replace(what, becomes));
        return this;
    }

    ShopProject parameter(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    ShopProject forget(String key) {
        parameters.remove(key);
        return this;
    }

    ShopProject scoped(String key, Object value) {
        scope.put(key, value);
        return this;
    }

    /** What people were told since the last call. */
    List<String> told() {
        List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    void update() throws Exception {
        run(liquibase -> liquibase.update(new Contexts()));
    }

    void rollBack(int changeSets) throws Exception {
        run(liquibase -> liquibase.rollback(changeSets, ""));
    }

    /** The script of an update. */
    String updateSql() throws Exception {
        StringWriter script = new StringWriter();
        run(liquibase -> liquibase.update(new Contexts(), new LabelExpression(), script));
        return script.toString();
    }

    /** The script of an update for a database that Liquibase is not connected to. */
    String offlineSql() throws Exception {
        StringWriter script = new StringWriter();
        String url = "offline:postgresql?changeLogFile=%s".formatted(project.resolve("applied.csv"));
        try (DirectoryResourceAccessor files = new DirectoryResourceAccessor(project)) {
            Database offline = DatabaseFactory.getInstance().openDatabase(url, null, null, null, files);
            run(offline, files, liquibase -> liquibase.update(new Contexts(), new LabelExpression(), script));
        }
        return script.toString();
    }

    /** What is done with Liquibase. */
    interface Work {
        void with(Liquibase liquibase) throws LiquibaseException;
    }

    void run(Work work) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                DirectoryResourceAccessor files = new DirectoryResourceAccessor(project)) {
            run(
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)),
                    files,
                    work);
        }
    }

    private void run(Database target, DirectoryResourceAccessor files, Work work) throws Exception {
        Scope.child(scope, () -> {
            // Within one process Liquibase remembers that everything was done, and does not look again after a
            // rollback.
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            Liquibase liquibase = new Liquibase("db/changelog.xml", files, target);
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            parameters.forEach(liquibase::setChangeLogParameter);
            work.with(liquibase);
        });
    }

    /** The ids of the change sets that are recorded, in their order. */
    List<String> history() throws SQLException {
        return database.rows("SELECT id FROM public.databasechangelog ORDER BY orderexecuted").stream()
                .map(row -> row.get(0))
                .toList();
    }

    List<String> columns() throws SQLException {
        return database.rows("""
                        SELECT attname FROM pg_attribute
                         WHERE attrelid = to_regclass('public.customer') AND attnum > 0 AND NOT attisdropped
                         ORDER BY 1""").stream().map(row -> row.get(0)).toList();
    }

    static String phrase(String... columns) {
        return ConfirmationPhrase.of(
                        "shop",
                        Arrays.stream(columns).map(c -> "public.customer." + c).toList())
                .text();
    }
}
