package dev.sealway.report;

import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageReport.Column;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Unplanned;
import dev.sealway.residue.Trace;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A coverage report as JUnit's XML, in the dialect that Surefire writes and that what runs builds reads: each column is a
 * test, each one that is in no plan, and each place where plaintext may linger. What cannot be looked at from SQL is skipped.
 */
final class CoverageTests {

    private static final String NO_TIME = "0";

    /** How long the text of a time is without fractions and zone. */
    private static final int SECONDS = "2026-01-01T00:00:00".length();

    private final CoverageReport report;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private CoverageTests(CoverageReport report) throws XMLStreamException {
        this.report = report;
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    static String of(CoverageReport report) {
        try {
            CoverageTests tests = new CoverageTests(report);
            tests.write();
            return tests.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuite");
        attribute("name", "sealway %s".formatted(report.plan()));
        attribute(
                "tests",
                report.columns().size()
                        + report.unplanned().size()
                        + report.unseen().size()
                        + report.residue().size());
        attribute(
                "failures",
                failed() + report.unplanned().size() + report.lingering().size());
        attribute("errors", 0);
        attribute(
                "skipped",
                report.unseen().size()
                        + report.residue().stream()
                                .filter(CoverageTests::isUnseen)
                                .count());
        attribute("time", NO_TIME);
        // some readers take neither a zone nor fractions
        attribute("timestamp", report.at().substring(0, SECONDS));
        for (Column column : report.columns()) {
            column(column);
        }
        for (Unplanned column : report.unplanned()) {
            begin("sealway.%s.unplanned".formatted(report.plan()), "%s.%s".formatted(column.table(), column.name()));
            failure("unplanned", List.of(column.sentence()));
            xml.writeEndElement();
        }
        for (String unseen : report.unseen()) {
            begin("sealway.%s.unplanned".formatted(report.plan()), unseen);
            skipped(unseen);
            xml.writeEndElement();
        }
        for (Trace trace : report.residue()) {
            trace(trace);
        }
        line();
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
        xml.close();
    }

    private long failed() {
        return report.columns().stream().filter(c -> !c.passed()).count();
    }

    private static boolean isUnseen(Trace trace) {
        return trace.state() == Trace.State.UNKNOWN || trace.state() == Trace.State.EXTERNAL;
    }

    private void column(Column column) throws XMLStreamException {
        begin("sealway.%s.%s".formatted(report.plan(), column.table()), column.name());
        if (!column.passed()) {
            failure(
                    column.faults().get(0).concern().word(),
                    column.faults().stream().map(Fault::sentence).toList());
        }
        xml.writeEndElement();
    }

    private void trace(Trace trace) throws XMLStreamException {
        begin(
                "sealway.%s.residue".formatted(report.plan()),
                trace.table().map(t -> "%s: %s".formatted(t, trace.place())).orElse(trace.place()));
        if (trace.state() == Trace.State.PRESENT) {
            failure("residue", List.of("%s; %s".formatted(trace.sentence(), trace.mend())));
        } else if (isUnseen(trace)) {
            skipped("%s: %s".formatted(trace.state().name().toLowerCase(Locale.ROOT), trace.sentence()));
        }
        xml.writeEndElement();
    }

    private void skipped(String why) throws XMLStreamException {
        xml.writeEmptyElement("skipped");
        attribute("message", why);
    }

    private void begin(String group, String name) throws XMLStreamException {
        line();
        xml.writeStartElement("testcase");
        attribute("classname", group);
        attribute("name", name);
        attribute("time", NO_TIME);
    }

    private void failure(String kind, List<String> sentences) throws XMLStreamException {
        xml.writeStartElement("failure");
        attribute("message", sentences.get(0));
        attribute("type", kind);
        xml.writeCharacters(lawful(sentences.stream().collect(Collectors.joining("\n"))));
        xml.writeEndElement();
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, lawful(value.toString()));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** XML 1.0 has no place for some characters, not even escaped; names of columns may have them. */
    private static String lawful(String value) {
        return value.codePoints()
                .map(c -> isLawful(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLawful(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
