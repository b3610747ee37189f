package dev.sealway.cli;

import dev.sealway.cli.report.CertificateText;
import dev.sealway.workflow.CertificateCheck;
import dev.sealway.workflow.CertificateReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "certificate",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        description = {
            "Writes a document to be filed: what was encrypted, when, by whom, and what proves it.",
            "",
            "A page to read and print, and beside it the same as JSON with a signature. Names, counts, sums and key ids;",
            "no value. Nothing is overwritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway certificate",
            "  sealway certificate --out /srv/filed/shop-2026.html",
            "  sealway certificate check certificate-shop-20260131T235959Z.json"
        },
        subcommands = CertificateCommand.Check.class)
final class CertificateCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions plan;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--out",
            paramLabel = "PLACE",
            defaultValue = ".",
            description = "A directory, or the name of either file. Default: this directory.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Path out;

    @Override
    public Integer call() {
        plan.report(
                output,
                sealway -> sealway.certificate(out),
                (CertificateReport report) -> CertificateText.lines(report));
        return 0;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Checks the signature of a certificate's JSON document.",
                "",
                "Ends with exit code 3 unless a holder of this key bundle signed it and nobody altered it since."
            },
            footerHeading = "%nExamples:%n",
            footer = "  sealway certificate check certificate-shop-20260131T235959Z.json")
    static final class Check implements Callable<Integer> {
        private static final int REFUSED = 3;

        @Mixin
        private PlanOptions plan;

        @Mixin
        private ReportOptions output;

        @Parameters(paramLabel = "FILE", description = "The JSON document.")
        private Path document;

        @Override
        public Integer call() {
            CertificateCheck check = plan.report(
                    output,
                    sealway -> sealway.checkCertificate(document),
                    (CertificateCheck found) -> CertificateText.lines(found));
            return check.passed() ? 0 : REFUSED;
        }
    }
}
