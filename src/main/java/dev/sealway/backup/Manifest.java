package dev.sealway.backup;

import dev.sealway.backup.BrokenBackupException.Fault;
import dev.sealway.crypto.Mac;
import dev.sealway.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a backup for people and machines that have no key: what it holds, of when, under which keys. No values.
 *
 * <p>JSON: {@code {"sealway_backup":1,"backup":{…},"mac":"…"}}; the tag is made by the audit keyset over the member
 * {@code backup} written on one line, and null where there is no key bundle.
 */
final class Manifest {

    static final int LARGEST = 1 << 20;

    private Manifest() {}

    static Path of(Path backup) {
        return backup.resolveSibling(backup.getFileName() + ".json");
    }

    static String text(SealedBackup backup, String file, Optional<Mac> mac) {
        Map<String, @Nullable Object> members = members(backup, file);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("sealway_backup", 1);
        document.put("backup", members);
        document.put(
                "mac",
                mac.map(m -> HexFormat.of().formatHex(m.tag(message(members)))).orElse(null));
        return Json.pretty(document);
    }

    private static Map<String, @Nullable Object> members(SealedBackup backup, String file) {
        Map<String, @Nullable Object> members =
                new LinkedHashMap<>(backup.description().members());
        members.put("rows", backup.totals().rows());
        members.put("keeper", backup.head().keeper());
        members.put("key_id", backup.head().keyId());
        backup.head().evidenceKeyId().ifPresent(k -> {
            members.put("evidence_key_id", k);
            members.put("evidence", evidence(backup));
        });
        members.put("file", file);
        members.put("bytes", backup.bytes());
        members.put("sha256", backup.sha256());
        return members;
    }

    /** Only where a key made it: without one it would let values be guessed. */
    private static Map<String, @Nullable Object> evidence(SealedBackup backup) {
        Map<String, @Nullable Object> evidence = new TreeMap<>();
        for (int c = 0; c < backup.totals().columns().size(); c++) {
            evidence.put(
                    backup.description().columns().get(c).name(),
                    backup.totals().columns().get(c).hex());
        }
        return evidence;
    }

    private static byte[] message(Map<?, ?> members) {
        return Json.compact(members).getBytes(StandardCharsets.UTF_8);
    }

    /** Holds a manifest against the file beside it, which may have been renamed. */
    static Optional<Fault> faultOf(String text, SealedBackup backup, Optional<Mac> mac) {
        try {
            Members document = Members.parse(text);
            Members told = document.object("backup");
            if (mac.isPresent() && isSigned(backup, document)) {
                byte[] tag = HexFormat.of().parseHex(document.text("mac"));
                if (!mac.get().accepts(tag, message(told.all()))) {
                    return Optional.of(Fault.FORGED_MANIFEST);
                }
            }
            String expected = Json.compact(members(backup, told.text("file")));
            return expected.equals(Json.compact(told.all()))
                    ? Optional.empty()
                    : Optional.of(Fault.OTHER_THAN_ITS_MANIFEST);
        } catch (IllegalArgumentException e) {
            return Optional.of(Fault.FORGED_MANIFEST);
        }
    }

    /** The head, to which the stream is bound, tells whether there was a bundle to sign with. */
    private static boolean isSigned(SealedBackup backup, Members document) {
        return backup.head().evidenceKeyId().isPresent()
                || document.optionalText("mac").isPresent();
    }

    /** How many rows it speaks of, for progress only. */
    static long rowsIn(String text) {
        try {
            return Members.parse(text).object("backup").number("rows");
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
