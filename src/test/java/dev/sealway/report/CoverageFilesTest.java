package dev.sealway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.coverage.Concern;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageReport.Column;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.coverage.CoverageReport.Unplanned;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import dev.sealway.residue.Trace;
import dev.sealway.residue.Trace.State;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CoverageFilesTest {
    private static final TableName USERS = new TableName("public", "users");
    private static final Path SCHEMA = Path.of("src/test/resources/dev/sealway/report/junit.xsd");

    @TempDir
    private Path directory;

    private static CoverageReport report(List<Column> columns, List<Trace> residue) {
        return report(columns, List.of(), residue);
    }

    private static CoverageReport report(List<Column> columns, List<Unplanned> unplanned, List<Trace> residue) {
        return new CoverageReport(
                "shop",
                "orders",
                "2026-11-21T09:00:00.123456Z",
                ColumnPhase.VERIFIED,
                List.of(Concern.RESIDUE, Concern.PHASE),
                columns,
                unplanned,
                unplanned.isEmpty() ? List.of() : List.of("public.<locked> was passed over: somebody locks the table"),
                residue);
    }

    private static Column column(String name, Fault... faults) {
        return new Column(
                USERS,
                name,
                Optional.of(ColumnPhase.VERIFIED),
                Optional.of(new Rows(1200, 3, 0, 7, 0, 0)),
                List.of(faults));
    }

    private static CoverageReport full() {
        Fault stale = new Fault(Concern.ROWS, "column public.users.email has 7 rows", "run 'sealway backfill'");
        Fault early = new Fault(Concern.PHASE, "column public.users.email is <early>", "run 'sealway verify'");
        return report(
                List.of(column("name"), column("email", stale, early)),
                List.of(new Unplanned(USERS, "phone", "looks like <phones> (90 %)")),
                List.of(
                        new Trace("pages", Optional.of(USERS), State.PRESENT, "kept", "sealway purge"),
                        new Trace("archive", Optional.empty(), State.EXTERNAL, "kept", "wait"),
                        new Trace("query texts", Optional.empty(), State.CLEAN, "none", "")));
    }

    private static Document parsed(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SCHEMA.toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void writesEachColumnAsATest() throws Exception {
        Document xml = parsed(CoverageTests.of(full()));
        Element suite = xml.getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("7");
        assertThat(suite.getAttribute("failures")).isEqualTo("3");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(3);
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message"))
                .isEqualTo("column public.users.email has 7 rows; run 'sealway backfill'");
        assertThat(failure.getTextContent())
                .isEqualTo("column public.users.email has 7 rows; run 'sealway backfill'\n"
                        + "column public.users.email is <early>; run 'sealway verify'");
        assertThat(((Element) failure.getParentNode()).getAttribute("classname"))
                .isEqualTo("sealway.shop.public.users");
    }

    @Test
    void writesLawfulXmlWhateverColumnsAreCalled() throws Exception {
        String name = "\u0001 \"<]]>&'\n😀\uFFFF";
        Fault fault = new Fault(Concern.PHASE, "column %s".formatted(name), "]]>");
        Document xml = parsed(CoverageTests.of(report(List.of(column(name, fault)), List.of())));
        assertThat(((Element) xml.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .isEqualTo("\ufffd \"<]]>&' 😀\ufffd");
    }

    @Test
    void writesAPageOfItsOwn() {
        String page = CoveragePage.of(full());
        assertThat(page)
                .contains(
                        "Not covered: 1 of 2 columns, and 1 column in no plan, and plaintext lingers in 1 place",
                        "&lt;early&gt;",
                        "&lt;phones&gt;",
                        "1203")
                .doesNotContain("<early>")
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("://");
        assertThat(CoveragePage.of(report(List.of(column("name")), List.of())))
                .contains("Covered: 1 column")
                .doesNotContain("linger");
    }

    @Test
    void saysTheSameInLines() {
        assertThat(CoverageText.lines(full()))
                .containsExactly(
                        "Plan shop, database orders:",
                        "  ✓ public.users.name   verified  1,203 rows decrypt, 0 null, 7 stale, 0 wrong",
                        "  ✗ public.users.email  verified  1,203 rows decrypt, 0 null, 7 stale, 0 wrong",
                        "      column public.users.email has 7 rows; run 'sealway backfill'",
                        "      column public.users.email is <early>; run 'sealway verify'",
                        "  ✗ Unplanned: column public.users.phone looks like <phones> (90 %), and is in no plan;"
                                + " add it to one, or leave 'unplanned' out of what fails",
                        "  ! Not seen: public.<locked> was passed over: somebody locks the table",
                        "  ✗ Plaintext lingers: table public.users, pages: kept; sealway purge",
                        "Not covered: 1 of 2 columns, and 1 column in no plan, and plaintext lingers in 1 place");
    }

    @Test
    void leavesNothingOfAnEarlierLook() throws Exception {
        Path deep = directory.resolve("target/sealway");
        CoverageFiles files = CoverageFiles.in(deep);
        files.write(full());
        assertThat(Json.parse(Files.readString(files.document())))
                .isInstanceOfSatisfying(
                        Map.class, m -> assertThat(m.get("plan")).isEqualTo("shop"));
        CoverageFiles.in(deep);
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> CoverageFiles.in(file))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(file.toString());
    }
}
