package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.report.BackfillText;
import dev.sealway.cli.report.ContractText;
import dev.sealway.cli.report.EstimateText;
import dev.sealway.cli.report.ExpandText;
import dev.sealway.cli.report.PlanText;
import dev.sealway.cli.report.RehearsalText;
import dev.sealway.cli.report.VerifyText;
import dev.sealway.cli.report.ViewsText;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import java.util.List;
import java.util.Locale;

/** The life of a migration, phase by phase, each with its proof. */
final class Life {
    private static final long FEWEST_WRITES = 40;
    private static final String WRONG_PHRASE = "drop alphapulse 23 columns 00000000";

    private static final String OFFLINE_COPY = "a sealed envelope in the safe of this demo";

    private final Console console;
    private final Chapters chapters;
    private final Sealway sealway;
    private final Database database;
    private final Contents contents;
    private final DatabaseProof databaseProof;
    private final Proof proof;
    private final AfterTheDrop afterTheDrop;

    /** @param ownServer whether the server is the demo's alone */
    Life(Console console, Progress progress, Chapters chapters, Database database, Sealway sealway, boolean ownServer) {
        this.console = console;
        this.chapters = chapters;
        this.sealway = sealway;
        this.database = database;
        this.contents = new Contents(database, sealway, progress);
        this.databaseProof = new DatabaseProof(database, sealway);
        this.proof = new Proof(console);
        this.afterTheDrop = new AfterTheDrop(console, chapters, database, sealway, proof, ownServer);
    }

    /** @return whether every proof held */
    boolean play(long users) {
        planAndEstimate();
        OldApplication old = encryptBesideAnOldApplication(users);
        verify();
        lookUp();
        chapters.open("What the plaintext was, for later");
        Contents.Sums before = contents.ofPlaintext();
        console.done("Took a checksum over %s".formatted(Figures.count(before.values(), "value")));
        rehearse();
        ContractReport dropped = drop();
        proveByTheDatabase(before, old);
        chapters.open("What still lingers");
        console.lines(ContractText.lines(dropped));
        afterTheDrop.prove();
        afterTheDrop.purge();
        afterTheDrop.certify();
        afterTheDrop.goBack(contents, before, databaseProof);
        return proof.holds();
    }

    private void planAndEstimate() {
        chapters.open("plan: does it fit, and what will the search tokens give away?");
        console.lines(PlanText.lines(sealway.check(Selection.ALL)));
        chapters.open("estimate: what will it cost?");
        console.lines(EstimateText.lines(sealway.estimate(Selection.ALL)));
    }

    private OldApplication encryptBesideAnOldApplication(long users) {
        chapters.open("expand: add the encrypted columns and the guard");
        console.lines(ExpandText.lines(sealway.expand(Selection.ALL)));
        chapters.open("backfill: encrypt, while an old application goes on writing plaintext");
        OldApplication old = new OldApplication(database, users);
        old.begin();
        try (old) {
            old.awaitWrites(1);
            BackfillReport first = sealway.backfill(Selection.ALL);
            console.lines(BackfillText.lines(first));
            proof.claim(first.passed(), "Every row that the walk met is encrypted");
            old.awaitWrites(FEWEST_WRITES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed("the demo was interrupted");
        }
        console.line("");
        console.line("The old application wrote meanwhile: %s. It leaves; backfill again catches up:"
                .formatted(old.summary()));
        BackfillReport second = sealway.backfill(Selection.ALL);
        console.lines(BackfillText.lines(second));
        proof.claim(
                second.passed() && second.tables().stream().allMatch(t -> t.dirty() == 0),
                "No row is left whose plaintext changed after it was encrypted");
        proof.claim(
                databaseProof.wrongAmong(old.written()) == 0,
                "Each of the %s that the old application wrote decrypts to what it wrote"
                        .formatted(Figures.count(old.written().size(), "value")));
        return old;
    }

    private void verify() {
        chapters.open("verify: decrypt and compare every row");
        VerifyReport report = sealway.verify(Selection.ALL);
        console.lines(VerifyText.lines(report));
        proof.claim(report.passed(), "Every ciphertext decrypts to its plaintext, every search token is right");
    }

    private void lookUp() {
        chapters.open("views: the old shape for applications, and a look-up by search token");
        console.lines(ViewsText.lines(sealway.views(Selection.ALL)));
        findTheCanary();
    }

    private void findTheCanary() {
        String asked = Canaries.EMAIL.toUpperCase(Locale.ROOT);
        console.line("");
        console.line("%s   -- with the token of %s".formatted(LookUp.QUERY, asked));
        LookUp.Found found = new LookUp(database, sealway).byEmail(asked);
        console.lines(found.table());
        proof.claim(
                found.emails().equals(List.of(Canaries.EMAIL)),
                "The user is found by the e-mail address in other letters, and opens as it was written");
    }

    private void rehearse() {
        chapters.open("rehearse: the way back from the drop, on a copy that is rolled back");
        refused(
                phrase(),
                "The drop is refused as long as nobody has tried the way back, whatever is said",
                "rollback --rehearse");
        console.line("  $ sealway rollback --rehearse");
        RehearsalReport report = sealway.rehearse(Selection.ALL, Sealway.REHEARSAL_ROWS);
        console.lines(RehearsalText.lines(report));
        proof.claim(report.passed(), "Values and definitions come back as they are, byte by byte");
        refused(phrase(), "The drop is refused as long as nobody says where a copy of the keys is kept", "keys attest");
        console.line("  $ sealway keys attest --offline-copy \"%s\"".formatted(OFFLINE_COPY));
        sealway.keys().attest(OFFLINE_COPY, false);
    }

    private String phrase() {
        return sealway.status(Selection.ALL)
                .phrase()
                .orElseThrow(() -> SealwayException.failed("no phrase is shown although there is plaintext to drop"));
    }

    private ContractReport drop() {
        chapters.open("contract: drop the plaintext, not before somebody says which");
        refused("", "Without a phrase the drop is refused", "not confirmed");
        refused(WRONG_PHRASE, "With a wrong phrase the drop is refused", "not confirmed");
        proof.claim(
                databaseProof.plaintextColumns() == sealway.plan().columnNames().size(), "Nothing was dropped so far");
        String phrase = phrase();
        console.line("  $ sealway contract --confirm \"%s\"".formatted(phrase));
        return sealway.contract(Selection.ALL, phrase);
    }

    private void refused(String phrase, String claim, String reason) {
        try {
            sealway.contract(Selection.ALL, phrase);
            proof.claim(false, claim);
        } catch (SealwayException e) {
            console.line("  %s".formatted(withoutTheList(e)));
            proof.claim(
                    e.outcome() == SealwayException.Outcome.REFUSED
                            && String.valueOf(e.getMessage()).contains(reason),
                    claim);
        }
    }

    /** The list of all columns would fill the screen. */
    private static String withoutTheList(SealwayException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\([^)]*\\)", "(…)");
    }

    private void proveByTheDatabase(Contents.Sums before, OldApplication old) {
        chapters.open("The proof, by the database itself");
        int columns = sealway.plan().columnNames().size();
        proof.claim(
                databaseProof.plaintextColumns() == 0,
                "information_schema knows none of the %d plaintext columns any more".formatted(columns));
        proof.claim(databaseProof.encryptedColumns() == columns, "and all %d encrypted columns".formatted(columns));
        proof.claim(
                databaseProof.rowsWithCanaries() == 0,
                "No row of any table has one of the %d canary values"
                        .formatted(Canaries.all().size()));
        Contents.Sums after = contents.ofCiphertexts();
        proof.claim(
                after.equals(before),
                "All %s decrypt to what was there before the drop: the checksums are equal"
                        .formatted(Figures.count(after.values(), "value")));
        proof.claim(databaseProof.wrongAmong(old.written()) == 0, "and so does what the old application wrote");
        findTheCanary();
    }
}
