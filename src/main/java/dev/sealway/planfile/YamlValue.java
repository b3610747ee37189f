package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of the file with the key it stands under. Reading it as what it is not adds a fault and gives nothing, so
 * that the reader goes on and finds the next fault.
 *
 * @param key the node of its key; the value itself for the root
 * @param name the key's text
 * @param place the path of keys, for messages
 */
record YamlValue(Node key, Node node, String name, String place, Faults faults) {

    static YamlValue root(Node node, Faults faults) {
        return new YamlValue(node, node, "", "", faults);
    }

    /** The line of the key. */
    int line() {
        return key.getStartMark().orElseThrow().getLine() + 1;
    }

    void fault(String message) {
        faults.add(node, place, message);
    }

    void faultOfKey(String message) {
        faults.add(key, place, message);
    }

    /** Whether nothing stands after the colon, or {@code null}. */
    boolean isEmpty() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    boolean isBlankText() {
        return node instanceof ScalarNode scalar && scalar.getValue().isBlank();
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The text, if it is one; whether it may stand here is asked elsewhere. */
    Optional<String> peek() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** A text of at least one character that is not a blank. */
    Optional<String> text() {
        if (!(node instanceof ScalarNode scalar)) {
            fault("must be a text");
        } else if (isEmpty() || isBlankText()) {
            fault("must not be empty");
        } else if (!node.getTag().equals(Tag.STR)) {
            fault("must be a text; put it into quotes, or YAML takes it for a number or a truth value");
        } else if (scalar.getValue().indexOf('\0') >= 0) {
            fault("must not hold a NUL character");
        } else {
            return Optional.of(scalar.getValue());
        }
        return Optional.empty();
    }

    /** A whole number in decimal digits. */
    OptionalInt wholeNumber(int least, int most) {
        if (node instanceof ScalarNode scalar
                && node.getTag().equals(Tag.INT)
                && scalar.getValue().matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(scalar.getValue());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        fault("must be a whole number from %d to %d".formatted(least, most));
        return OptionalInt.empty();
    }

    /** One of the words that are {@code known}. */
    <T> Optional<T> oneOf(Map<String, T> known) {
        Optional<String> word = text();
        Optional<T> found = word.map(known::get);
        if (word.isPresent() && found.isEmpty()) {
            fault("unknown value '%s'; %s"
                    .formatted(word.get(), DidYouMean.hint(word.get(), new TreeSet<>(known.keySet()))));
        }
        return found;
    }
}
