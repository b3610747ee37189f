package dev.sealway;

import dev.sealway.application.Migration;
import dev.sealway.application.SealedColumn;
import dev.sealway.application.StartUp;
import dev.sealway.application.ValueType;
import dev.sealway.backup.BackupCheckReport;
import dev.sealway.backup.BackupReport;
import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.control.RunTerms;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.phase.cutover.CutOverReport;
import dev.sealway.phase.estimate.EstimateReport;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.phase.expand.ExpandReport;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.phase.restore.RestoreReport;
import dev.sealway.phase.rollback.RollbackReport;
import dev.sealway.phase.selftest.SelfTestReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.phase.views.ViewsReport;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.SoakTime;
import dev.sealway.progress.Progress;
import dev.sealway.residue.disk.Canaries;
import dev.sealway.throttle.Limits;
import dev.sealway.workflow.AuditFlow;
import dev.sealway.workflow.CertificateCheck;
import dev.sealway.workflow.CertificateReport;
import dev.sealway.workflow.ContractTerms;
import dev.sealway.workflow.DiscoverReport;
import dev.sealway.workflow.DiscoverTerms;
import dev.sealway.workflow.DiskReport;
import dev.sealway.workflow.DoctorReport;
import dev.sealway.workflow.DoctorTerms;
import dev.sealway.workflow.HeldFields;
import dev.sealway.workflow.KeyRotation;
import dev.sealway.workflow.PlanReport;
import dev.sealway.workflow.ResidueReport;
import dev.sealway.workflow.RestoreTerms;
import dev.sealway.workflow.RunsFlow;
import dev.sealway.workflow.SealedField;
import dev.sealway.workflow.StatusReport;
import dev.sealway.workflow.TokensFlow;
import dev.sealway.workflow.UnplannedReport;
import dev.sealway.workflow.Verb;
import dev.sealway.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Takes the columns of a plan from plaintext to encrypted, phase by phase.
 *
 * <p>Every method is idempotent and can be run again after it failed or was killed: it continues. Methods throw
 * {@link dev.sealway.error.SealwayException}, whose outcome says whether the request was faulty, a gate refused, or
 * something failed on the way. Thread-safe; two runs on one table exclude each other, also across processes.
 */
public final class Sealway {

    /** What a rehearsal takes where nobody says anything else. */
    public static final int REHEARSAL_ROWS = 1_000;

    private static final int FEWEST_ROWS = 10;
    private static final int MOST_ROWS = 100_000;

    private static final Duration REFRESH = Duration.ofMinutes(1);

    /** What commands and migrations take at most for the number of workers. */
    public static final int MOST_WORKERS = 64;

    /** Leaves something of a pool of ten to the application. */
    private static final int USUAL_WORKERS = 2;

    private final Workflow workflow;
    private final HeldFields fields;

    private Sealway(Workflow workflow, Duration refresh) {
        this.workflow = workflow;
        this.fields = workflow.fields(refresh, System::nanoTime);
    }

    /**
     * Begins with the plan.
     *
     * @param file a plan file
     */
    public static Builder plan(Path file) {
        return new Builder(Wiring.read(file));
    }

    public static Builder plan(Plan plan) {
        return new Builder(plan);
    }

    /**
     * Proposes a plan for a live database: what looks like personal data or secrets by name, type, comment and a sample of
     * values, and what sealing it would take. Needs neither a plan nor keys; reads only.
     */
    public static DiscoverReport discover(DataSource database, DiscoverTerms terms) {
        return Workflow.discover(Database.of(database), terms);
    }

    /** Collects what a Sealway needs; only the database has no default. */
    public static final class Builder {

        private final Plan plan;
        private Map<String, String> environment = Map.of();
        private Progress progress = Progress.NONE;
        private RunTerms terms = RunTerms.USUAL;
        private Duration refresh = REFRESH;
        private int batchSize;
        private int workers = USUAL_WORKERS;
        private UnaryOperator<WalkSettings> walking = UnaryOperator.identity();

        private Builder(Plan plan) {
            this.plan = plan;
            this.batchSize = plan.batchSize();
        }

        /** Where the {@code env} provider looks for the key bundle; default empty. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        public Builder progress(Progress listener) {
            progress = listener;
            return this;
        }

        /** Rows per batch; default the plan's. */
        public Builder batchSize(int rows) {
            batchSize = rows;
            return this;
        }

        /**
         * How many ranges of a large table are walked at once, and how many small tables by a backfill, from 1; default two.
         * Each takes two connections. More than the client and the server together have processors for bring nothing.
         */
        public Builder workers(int many) {
            workers = many;
            return this;
        }

        /**
         * How long others wait for the tables of a run that was killed; default a minute. A run that stood still for longer
         * writes nothing more once another has taken over.
         */
        public Builder lease(Duration term) {
            terms = terms.withLease(term);
            return this;
        }

        /** What runs may burden the server with before they slow down; default {@link Limits#USUAL}. */
        public Builder throttle(Limits limits) {
            terms = terms.withLimits(limits);
            return this;
        }

        /**
         * How many rows a second a run walks at most, from its first batch on and from 1, until {@link RunsFlow#tune} says
         * otherwise; default as many as it can. A batch has no more rows than that.
         */
        public Builder rowsPerSecond(int most) {
            terms = terms.withRowsPerSecond(most);
            return this;
        }

        /** Is asked between batches whether a run is to end; what is committed stays. */
        public Builder cancelledBy(BooleanSupplier wish) {
            terms = terms.withCancelled(wish);
            return this;
        }

        /**
         * After what time the columns that an application holds look at the ledger and fetch the key bundle again; default a
         * minute. Whoever disables a key, or cuts over a column that old and new instances write, waits longer than twice
         * that: until then one thread reads while others go on with what is known; after it they wait, and nothing is sealed
         * while the ledger or the keys cannot be read.
         */
        public Builder refresh(Duration term) {
            refresh = term;
            return this;
        }

        /** What tests alone change in the way a walk goes about it. */
        Builder walking(UnaryOperator<WalkSettings> change) {
            walking = change;
            return this;
        }

        /**
         * @param database of the PostgreSQL JDBC driver; gives at least seven connections at a time, two more for each worker
         *     over two; a pooler in transaction mode will not do for changes of keys, whose lock lives in a session
         */
        public Sealway on(DataSource database) {
            WalkSettings settings = Wiring.settings(progress, batchSize).withWorkers(workers);
            return new Sealway(Wiring.wire(plan, environment, database, walking.apply(settings), terms), refresh);
        }
    }

    /** Whatever is under way in other threads. */
    private Workflow run() {
        fields.expire();
        return workflow.forOneRun();
    }

    /** As {@link #run()}; and what was read of the ledger in the meantime is of the former phase. */
    private <R> R changing(Function<Workflow, R> verb) {
        try {
            return verb.apply(run());
        } finally {
            fields.expire();
        }
    }

    /**
     * What an application does before it serves: expands, and backfills, verifies and makes views as far as it is asked to,
     * at once or in the background. Several instances may start at once. Close what it returns when the application ends.
     *
     * @throws SealwayException if what is to be done before the application serves is refused or fails
     */
    public Migration migrate(StartUp terms) {
        fields.expire();
        try {
            return Migration.start(workflow, terms);
        } finally {
            fields.expire();
        }
    }

    public Plan plan() {
        return workflow.plan();
    }

    /**
     * Holds the plan against the live database and measures what its search tokens would give away. Changes nothing.
     *
     * @throws dev.sealway.plan.PlanRefusedException with every fault
     */
    public PlanReport check(Selection selection) {
        return run().check(selection);
    }

    /** Looks for what would leak values or stop a run: settings, roles, replication, room, keys. Changes nothing. */
    public DoctorReport doctor(Selection selection, DoctorTerms terms) {
        return run().doctor(selection, terms);
    }

    /**
     * Columns of live tables that look like personal data or secrets and that no plan has: of the schemas in which the plan's
     * tables are, by name, type, comment and a sample of values. Needs no key, changes nothing.
     *
     * @param selection of tables, also such as the plan does not have; all if it names none
     */
    public UnplannedReport unplanned(Selection selection) {
        return run().unplanned(selection);
    }

    /** The statements that give small roles what they need, each without a semicolon. Changes nothing. */
    public List<String> grants(Selection selection) {
        return run().grants(selection);
    }

    /** What a phase would do, as statements and sentences, and what would stop it. Changes nothing. */
    public List<String> preview(Verb verb, Selection selection) {
        return run().preview(verb, selection);
    }

    /** As {@link #preview} of {@link #cutOver(Selection, Duration)}. */
    public List<String> previewCutOver(Selection selection, Duration soak) {
        return run().previewCutOver(selection, soak);
    }

    /** Measures on a sample what a backfill will cost; every write of it is rolled back. */
    public EstimateReport estimate(Selection selection) {
        return run().estimate(selection);
    }

    /**
     * Exports the selected columns as they are now, one snapshot and one encrypted file for each table, and reads every
     * file back. Repeating it makes new files; none is ever overwritten.
     *
     * @param directory is made, for its owner alone, if it is not there
     */
    public BackupReport backup(Selection selection, Path directory) {
        return run().backup(selection, directory);
    }

    /**
     * Reads a backup to its end. Changes nothing but the time of the check in the ledger.
     *
     * @throws dev.sealway.backup.BrokenBackupException if it is not a whole and unaltered backup of this plan and database
     */
    public BackupCheckReport checkBackup(Path file) {
        return run().checkBackup(file);
    }

    /**
     * Puts back from a backup the values whose ciphertexts do not open any more: the whole file is read first, and what has
     * to be written is written at the end, in one transaction. A ciphertext that opens is never overwritten.
     *
     * @throws dev.sealway.backup.BrokenBackupException if it is not a whole and unaltered backup of this plan and database;
     *     nothing was restored
     */
    public RestoreReport restore(Path file, RestoreTerms terms) {
        return changing(run -> run.restore(file, terms));
    }

    public ExpandReport expand(Selection selection) {
        return changing(run -> run.expand(selection));
    }

    /**
     * Walks every table, then catches up; rows that could not be sealed are in the report. A table in place needs a backup of
     * its columns first.
     */
    public BackfillReport backfill(Selection selection) {
        return changing(run -> run.backfill(selection));
    }

    /**
     * As {@link #backfill(Selection)}, also of tables in place of which there is no backup.
     *
     * @param reason why there is none; it is written down with the run
     */
    public BackfillReport backfillWithoutBackup(Selection selection, String reason) {
        return changing(run -> run.backfill(selection, Optional.of(reason)));
    }

    /** Only makes sure that a backfill done elsewhere is complete. */
    public void requireBackfilled(Selection selection) {
        changing(run -> {
            run.requireBackfilled(selection);
            return run;
        });
    }

    /** Decrypts and compares every row; what is wrong is in the report, and moves no column on. */
    public VerifyReport verify(Selection selection) {
        return changing(run -> run.verify(selection));
    }

    /**
     * Decrypts every row again and compares it with the evidence that {@link #verify} stored, also after the drop. Rows that
     * applications changed since make their chunk differ, which is told and is no failure; a value that does not decrypt is.
     */
    public EvidenceReport evidence(Selection selection) {
        return run().evidence(selection);
    }

    public ViewsReport views(Selection selection) {
        return changing(run -> run.views(selection));
    }

    /** As {@link #cutOver(Selection, Duration)}, with a soak time of a day. */
    public CutOverReport cutOver(Selection selection) {
        return cutOver(selection, SoakTime.DEFAULT);
    }

    /**
     * Makes the encrypted columns authoritative; the plaintext stays for the way back, may be null, and is made null where an
     * application writes the encrypted column alone.
     *
     * @param soak for how long nobody may have written plaintext alone; zero asks for nothing
     */
    public CutOverReport cutOver(Selection selection, Duration soak) {
        return changing(run -> run.cutOver(selection, soak));
    }

    /**
     * Tries the way back from the drop before there is one: on a copy of some rows, which is always rolled back, the
     * plaintext is brought back from the ciphertexts and compared. What is wrong is in the report, and nothing is written
     * down then.
     *
     * @param rows of each table's sample, at most
     */
    public RehearsalReport rehearse(Selection selection, int rows) {
        if (rows < FEWEST_ROWS || rows > MOST_ROWS) {
            throw SealwayException.wrongUsage(
                    "a rehearsal takes %d to %d rows of each table".formatted(FEWEST_ROWS, MOST_ROWS));
        }
        return run().rehearse(selection, rows);
    }

    /**
     * Drops the plaintext. Refused without a rehearsal of the way back that is newer than verify, and without a copy of the
     * key bundle off line that somebody attested.
     *
     * @param confirmation the phrase that {@link #status} gives, for exactly the selected columns
     */
    public ContractReport contract(Selection selection, String confirmation) {
        return contract(selection, ContractTerms.of(confirmation));
    }

    /** As {@link #contract(Selection, String)}, on terms of one's own. */
    public ContractReport contract(Selection selection, ContractTerms terms) {
        return changing(run -> run.contract(selection, terms));
    }

    /**
     * Removes what expand added, while the plaintext is still there; decrypts what was encrypted in place. After a cut over
     * the plaintext is filled from the ciphertexts first.
     */
    public RollbackReport rollback(Selection selection) {
        return changing(run -> run.rollback(selection));
    }

    /**
     * Seals a test value for every selected column, stores it in a copy that is rolled back, looks at what is stored, finds it
     * and opens it. What did not hold is in the report. Changes nothing.
     *
     * @throws SealwayException if a column is not expanded, or the keys are another database's
     */
    public SelfTestReport selfTest(Selection selection) {
        return run().selfTest(selection);
    }

    /** Where plaintext lingers after the drop, as far as SQL can see. Changes nothing. */
    public ResidueReport residue(Selection selection) {
        return run().residue(selection);
    }

    /** Searches the data directory of the server, which must be on this host, for texts that stood in the plaintext. */
    public DiskReport searchFiles(Path directory, Canaries canaries) {
        return run().searchFiles(directory, canaries);
    }

    /**
     * Rewrites the files that keep plaintext after the drop, and tells what is left all the same.
     *
     * @param terms how long a table may be locked, and whether the write-ahead log is cycled
     */
    public PurgeReport purge(Selection selection, PurgeTerms terms) {
        return changing(run -> run.purge(selection, terms));
    }

    /** Moves search tokens to another key. */
    public TokensFlow tokens() {
        return run().tokens();
    }

    /**
     * Whether the database holds what the plan promises: every column is far enough, every row decrypts and none is stale, no other
     * column looks like personal data, and no plaintext is left of what is gone. Changes nothing, and waits for no run; for builds.
     */
    public CoverageReport coverage(Selection selection, CoverageTerms terms) {
        return run().coverage(selection, terms);
    }

    /** Where the columns stand; works also before anything was done. */
    public StatusReport status(Selection selection) {
        return run().status(selection);
    }

    /** Speaks to runs that are under way in any process: pauses, resumes, cancels and tunes them. */
    public RunsFlow runs() {
        return run().runs();
    }

    /** The life of the keys that seal: adds, promotes, re-encrypts, disables, destroys, and tells. */
    public KeyRotation keys() {
        return run().keys();
    }

    /**
     * Writes a certificate of what was done under the plan: a page to read, and a signed JSON document beside it.
     *
     * @param out a directory that is there, where the files get a name of their own, or the name of either file
     * @throws dev.sealway.error.SealwayException if a file of that name is there: nothing is overwritten
     */
    public CertificateReport certificate(Path out) {
        return run().certificate(out);
    }

    /** Checks the signature of a certificate's JSON document. Changes nothing. */
    public CertificateCheck checkCertificate(Path document) {
        return run().checkCertificate(document);
    }

    /** Reads the audit trail of the database, and checks it. */
    public AuditFlow audit() {
        return run().audit();
    }

    /**
     * One registered column, for an application that seals, opens and looks up values itself, as long as it lives: phases
     * that move on and keys that rotate are noticed.
     *
     * @param name {@code schema.table.column} or {@code table.column}
     * @throws SealwayException if the plan has no such column, it is not expanded, or the key bundle is another database's
     */
    public SealedField column(String name) {
        return fields.expanded(name);
    }

    /**
     * A column as values of Java, which also knows what to write and read in every phase; works before expand, too.
     *
     * @param name {@code schema.table.column} or {@code table.column}
     * @throws SealwayException if the plan has no such column, or it is encrypted in place
     */
    public <T> SealedColumn<T> column(String name, ValueType<T> type) {
        SealedField field = fields.field(name);
        if (fields.isInPlace(field)) {
            throw SealwayException.wrongUsage(
                    "column %s is encrypted in place, where there is one column and not two; use column(name), sealText and openText"
                            .formatted(name));
        }
        return new SealedColumn<>(field, type, fields::expire);
    }
}
