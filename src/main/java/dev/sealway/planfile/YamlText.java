package dev.sealway.planfile;

import dev.sealway.plan.PlanFault;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns a text into one tree of YAML 1.2 nodes that know where they stand.
 *
 * <p>The events are looked at before a tree is built, because only they can be walked without recursion: anchors and
 * aliases are refused (a plan is read by people, and aliases can blow a small file up to any size), and so is deep
 * nesting.
 */
final class YamlText {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();

    private YamlText() {}

    /** The root of the tree; empty, with a fault, if the text is not one readable document. */
    static Optional<Node> compose(String text, Faults faults) {
        if (text.length() > MAX_CHARACTERS) {
            faults.add(new PlanFault(0, "", "is longer than %d characters".formatted(MAX_CHARACTERS)));
            return Optional.empty();
        }
        try {
            return composeChecked(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, faults);
        } catch (MarkedYamlEngineException broken) {
            Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
            int line = mark.map(m -> m.getLine() + 1).orElse(0);
            int column = mark.map(m -> m.getColumn() + 1).orElse(0);
            faults.add(new PlanFault(line, column, "", "is not YAML: " + problem(broken)));
        } catch (ReaderException broken) {
            long line = text.codePoints()
                            .limit(broken.getPosition())
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            faults.add(new PlanFault(
                    (int) line,
                    "",
                    "holds a character that YAML does not allow (U+%04X)".formatted(broken.getCodePoint())));
        } catch (YamlEngineException broken) {
            faults.add(new PlanFault(0, "", "is not YAML"));
        }
        return Optional.empty();
    }

    private static Optional<Node> composeChecked(String text, Faults faults) {
        refuseTraps(text, faults);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> root = new Compose(SETTINGS).composeString(text);
        if (root.isEmpty()) {
            faults.add(new PlanFault(1, "", "is empty; a plan begins with 'sealway: 1'"));
        }
        return root;
    }

    private static void refuseTraps(String text, Faults faults) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                refuse(event, "anchors (&) and aliases (*) are not read in a plan; write it out", faults);
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                refuse(event, "is nested deeper than any plan", faults);
                return;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static void refuse(Event event, String message, Faults faults) {
        faults.add(event.getStartMark().orElseThrow(), "", message);
    }

    /** What the parser says, in its own words; of the file it quotes a character at most. */
    private static String problem(MarkedYamlEngineException broken) {
        String problem = broken.getProblem() == null ? "" : broken.getProblem();
        return problem.contains("TAB") ? problem + "; indent with blanks" : problem;
    }
}
