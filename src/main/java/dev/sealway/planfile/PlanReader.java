package dev.sealway.planfile;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.CipherSource;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.plan.TablePlan;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a plan file: YAML 1.2 in UTF-8, the keys of which are told in {@code docs/reference/plan-file.md} and in the
 * JSON schema {@code plan.schema.json} beside this class.
 *
 * <p>Reading looks at the file alone; whether the database has what the plan names is the catalogue's to say. A plan
 * with faults is refused with all of them at once, each with its line. Thread-safe.
 */
public final class PlanReader {

    /** The version of the file's format that this reader knows. */
    public static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    static final List<String> KEYS = List.of("sealway", "name", "keys", "ciphers", "defaults", "tables");

    private PlanReader() {}

    /**
     * @throws PlanRefusedException if the plan has faults
     * @throws SealwayException if the file is missing or cannot be read
     */
    public static Plan read(Path file) {
        try {
            return read(Files.readString(file), file.toString());
        } catch (NoSuchFileException missing) {
            throw SealwayException.wrongUsage("there is no plan file %s; name one with --plan".formatted(file));
        } catch (CharacterCodingException foreign) {
            throw new PlanRefusedException(file.toString(), List.of(new PlanFault(0, "", "is not in UTF-8")));
        } catch (IOException unreadable) {
            throw SealwayException.wrongUsage(
                    "the plan file %s cannot be read; is it a file, and may this user read it?".formatted(file));
        }
    }

    /**
     * @param text the plan itself
     * @param sourceName names its origin in messages, usually a path
     * @throws PlanRefusedException if the plan has faults
     */
    public static Plan read(String text, String sourceName) {
        Faults faults = new Faults(sourceName);
        Optional<Plan> plan = YamlText.compose(text, faults).flatMap(root -> plan(root(root, faults), KEYS, faults));
        faults.refuse();
        return plan.orElseThrow();
    }

    static YamlMap root(Node node, Faults faults) {
        return YamlMap.open(YamlValue.root(node, faults), "'sealway: 1'");
    }

    /** @param known the keys that may stand at the top */
    static Optional<Plan> plan(YamlMap map, List<String> known, Faults faults) {
        if (!formatIsKnown(map)) {
            return Optional.empty();
        }
        map.refuseUnknown(known);
        Optional<String> name = map.required("name", "it names the plan in the ledger and in the confirmation phrase")
                .flatMap(PlanReader::name);
        CipherNames names = new CipherNames();
        List<CipherSource> ciphers =
                map.value("ciphers").map(v -> CipherReader.readAll(v, names)).orElse(List.of());
        Defaults defaults =
                map.value("defaults").map(v -> Defaults.read(v, names)).orElse(Defaults.STANDARD);
        List<TablePlan> tables = map.required("tables", "name what is to be encrypted: " + TableReader.EXAMPLE)
                .map(v -> TableReader.readAll(v, defaults, names))
                .orElse(List.of());
        if (!tables.isEmpty()) {
            names.refuseUnchosen();
        }
        Distinctness.check(tables, faults);
        Optional<KeySource> keys = keys(map, tables);
        return name.map(n -> new Plan(n, keys, ciphers, defaults.batchSize(), defaults.keyset(), tables));
    }

    /** Empty too where the plan needs none, or with a fault. */
    private static Optional<KeySource> keys(YamlMap map, List<TablePlan> tables) {
        boolean needed = tables.isEmpty() || tables.stream().anyMatch(TablePlan::needsKeyBundle);
        Optional<YamlValue> keys = needed
                ? map.required("keys", "say where the key bundle lives: " + KeysReader.EXAMPLE)
                : map.value("keys");
        return keys.flatMap(KeysReader::read);
    }

    /** A file of another format is not read on: every other fault would be noise. */
    static boolean formatIsKnown(YamlMap map) {
        OptionalInt format = map.required("sealway", "a plan says the version of its format: 'sealway: 1'")
                .map(value -> value.wholeNumber(1, 999_999))
                .orElse(OptionalInt.of(FORMAT));
        if (format.isPresent() && format.getAsInt() != FORMAT) {
            map.value("sealway")
                    .ifPresent(value -> value.fault("this Sealway reads format %d; take a Sealway that reads %d"
                            .formatted(FORMAT, format.getAsInt())));
            return false;
        }
        return true;
    }

    private static Optional<String> name(YamlValue value) {
        Optional<String> name = value.text();
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            value.fault("must have 1 to 63 letters, digits, '_' and '-', and begin with a letter or digit");
        }
        return name;
    }
}
