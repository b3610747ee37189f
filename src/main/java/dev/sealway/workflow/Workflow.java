package dev.sealway.workflow;

import dev.sealway.backup.BackupCheckReport;
import dev.sealway.backup.BackupReport;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.discover.live.Bounds;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Confirmations;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.SealedViews;
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
import dev.sealway.phase.verify.Verify;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.phase.views.CreateViews;
import dev.sealway.phase.views.ViewsReport;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.SoakTime;
import dev.sealway.residue.disk.Canaries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Orders the phases: resolves what a verb is about, asks the gates, and lets the phase run table by table. */
public final class Workflow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    public Workflow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    /** The same for one verb, so that two that work at the same time on different tables know nothing of each other. */
    public Workflow forOneRun() {
        return new Workflow(means.forOneRun());
    }

    /** Proposes a plan for what looks like personal data or secrets; needs none. */
    public static DiscoverReport discover(Database database, DiscoverTerms terms) {
        return new DiscoverFlow(database, terms).run();
    }

    /** The same, with runs that also end between batches when {@code wish} says so. */
    public Workflow cancelledBy(BooleanSupplier wish) {
        return new Workflow(means.cancelledBy(wish));
    }

    /** Whether every selected table has its compatibility view, as far as it can have one. */
    public boolean hasViews(Selection selection) {
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for views",
                        tx -> LedgerSchema.isInstalled(tx)
                                && means.plan().select(selection).tables().stream()
                                        .filter(t -> t.mode() == Mode.EXPAND)
                                        .allMatch(t -> Registry.in(tx)
                                                .table(t.name())
                                                .filter(r -> !SealedViews.in(tx)
                                                        .of(r)
                                                        .isEmpty())
                                                .isPresent()));
    }

    public Plan plan() {
        return means.plan();
    }

    public PlanReport check(Selection selection) {
        return new CheckFlow(means).run(selection);
    }

    public List<String> preview(Verb verb, Selection selection) {
        return new PreviewFlow(means, SoakTime.DEFAULT).run(verb, selection);
    }

    public List<String> previewCutOver(Selection selection, Duration soak) {
        return new PreviewFlow(means, soak).run(Verb.CUT_OVER, selection);
    }

    public EstimateReport estimate(Selection selection) {
        return new EstimateFlow(means).run(selection);
    }

    /** Exports the selected columns into encrypted files, each read back once. */
    public BackupReport backup(Selection selection, Path directory) {
        return new BackupFlow(means).run(selection, directory);
    }

    /** Reads a backup to its end. */
    public BackupCheckReport checkBackup(Path file) {
        return new BackupFlow(means).check(file);
    }

    /** Puts back from a backup what does not open any more. */
    public RestoreReport restore(Path file, RestoreTerms terms) {
        return new RestoreFlow(means).run(file, terms);
    }

    public ExpandReport expand(Selection selection) {
        return new ExpandFlow(means).run(selection);
    }

    /** @param withoutBackup why tables in place may be encrypted without a backup; empty if they may not */
    public BackfillReport backfill(Selection selection, Optional<String> withoutBackup) {
        return new BackfillFlow(means).run(selection, withoutBackup);
    }

    public BackfillReport backfill(Selection selection) {
        return backfill(selection, Optional.empty());
    }

    public void requireBackfilled(Selection selection) {
        new BackfillFlow(means).require(selection);
    }

    public VerifyReport verify(Selection selection) {
        return journal.run("verify", selection, run -> {
            journal.requireKeys(selection);
            List<VerifyReport.Table> tables = new ArrayList<>();
            for (ResolvedTable table : resolver.resolve(selection)) {
                List<RegisteredColumn> columns = Gates.requireAtLeast(table, ColumnPhase.BACKFILLED, "backfill");
                if (!columns.isEmpty()) {
                    tables.add(verify(table, columns, run));
                }
            }
            return new VerifyReport(tables);
        });
    }

    private VerifyReport.Table verify(ResolvedTable table, List<RegisteredColumn> columns, long run) {
        return switch (table.registered().mode()) {
            case EXPAND -> verifyExpanded(means, table, columns, run);
            case IN_PLACE -> new InPlace(means).verify(table, columns, run);
        };
    }

    /** Compares what the ciphertexts hold now with the evidence that verify stored, also after the drop. */
    public EvidenceReport evidence(Selection selection) {
        return new EvidenceFlow(means).run(selection);
    }

    static VerifyReport.Table verifyExpanded(
            Means means, ResolvedTable table, List<RegisteredColumn> columns, long run) {
        return new Verify(
                        means.database(),
                        means.shortLock(),
                        means.plan().keys().map(k -> means.keys().get().prf(KeyBundle.EVIDENCE_KEYSET)),
                        means.progress())
                .run(new Resolver(means).walked(table, table.withVerified(columns)), run)
                .only(columns);
    }

    public ViewsReport views(Selection selection) {
        return journal.run("views", selection, run -> {
            CreateViews views = new CreateViews(means.database(), means.shortLock(), means.progress());
            return new ViewsReport(new InPlace(means)
                    .expanded(resolver.resolve(selection), "sealway views").stream()
                            .map(t -> views.run(t.registered(), t.live()))
                            .toList());
        });
    }

    /** @param soak for how long nobody may have written plaintext alone; zero asks for nothing */
    public CutOverReport cutOver(Selection selection, Duration soak) {
        return new CutOverFlow(means).run(selection, soak);
    }

    /**
     * Tries the way back from the drop, on a copy of a sample that is rolled back.
     *
     * @param rows of each table's sample, at most
     */
    public RehearsalReport rehearse(Selection selection, int rows) {
        return new RehearsalFlow(means).run(selection, rows);
    }

    public ContractReport contract(Selection selection, ContractTerms terms) {
        return new ContractFlow(means).run(selection, terms);
    }

    public RollbackReport rollback(Selection selection) {
        return journal.run("rollback", selection, run -> {
            List<ResolvedTable> tables = resolver.registered(selection);
            if (tables.stream().anyMatch(t -> InPlace.isInPlace(t) || RollbackFlow.opensCiphertexts(t))) {
                journal.requireKeys(selection);
            }
            RollbackReport report = new RollbackReport(
                    tables.stream().map(t -> rollback(t, run)).toList());
            thinkBetterOfDrops();
            return report;
        });
    }

    private RollbackReport.Table rollback(ResolvedTable table, long run) {
        return switch (table.registered().mode()) {
            case EXPAND -> new RollbackFlow(means).run(table, run);
            case IN_PLACE -> new InPlace(means).rollback(table, run);
        };
    }

    /** Whoever rolls back does not mean a drop any more that was confirmed before. */
    private void thinkBetterOfDrops() {
        means.database().inTransaction(TransactionSettings.writing(), "closing confirmed drops", tx -> {
            Confirmations.in(tx).close(means.plan().name());
            return null;
        });
    }

    public TokensFlow tokens() {
        return new TokensFlow(means);
    }

    /** Speaks to runs that are under way. */
    public RunsFlow runs() {
        return new RunsFlow(means);
    }

    public StatusReport status(Selection selection) {
        return new StatusFlow(means).run(selection);
    }

    /** Holds the database to the plan, and writes nothing. */
    public CoverageReport coverage(Selection selection, CoverageTerms terms) {
        return new CoverageFlow(means).run(selection, terms);
    }

    /** Looks at everything that a run depends on. */
    public DoctorReport doctor(Selection selection, DoctorTerms terms) {
        return new DoctorFlow(means).run(selection, terms);
    }

    /** The statements that give small roles what they need. */
    public List<String> grants(Selection selection) {
        return new DoctorFlow(means).grants(selection);
    }

    /** Columns that look like personal data and that no plan has, of the schemas in which the plan's tables are. */
    public UnplannedReport unplanned(Selection selection) {
        return new UnplannedFlow(means).run(selection, Bounds.USUAL);
    }

    /** Tests a sealed row of every selected table, and keeps nothing. */
    public SelfTestReport selfTest(Selection selection) {
        return new SelfTestFlow(means).run(selection);
    }

    /** Where plaintext of the selected columns lingers. */
    public ResidueReport residue(Selection selection) {
        return new ResidueFlow(means).run(selection);
    }

    /** Searches the files of the server for texts. */
    public DiskReport searchFiles(Path directory, Canaries canaries) {
        return new ResidueFlow(means).search(directory, canaries);
    }

    /** Rewrites what keeps plaintext that was dropped, or encrypted in place. */
    public PurgeReport purge(Selection selection, PurgeTerms terms) {
        return new PurgeFlow(means).run(selection, terms);
    }

    /** @param out a directory, or the name of either file */
    public CertificateReport certificate(Path out) {
        return new CertificateFlow(means).write(out);
    }

    public CertificateCheck checkCertificate(Path document) {
        return new CertificateFlow(means).check(document);
    }

    public AuditFlow audit() {
        return new AuditFlow(means);
    }

    public KeyRotation keys() {
        return new KeyRotation(means);
    }

    /**
     * The columns of the plan for an application to hold.
     *
     * @param term after which the ledger and the key bundle are read again
     * @param nanoTime as {@link System#nanoTime}
     */
    public HeldFields fields(Duration term, LongSupplier nanoTime) {
        return new HeldFields(means.forOneRun(), term, nanoTime);
    }
}
