package dev.sealway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The map of the house: which room stands on which floor. An arrow may point down or along a floor, never up; the
 * narrower rules for siblings stand in {@link ArchitectureTest}.
 */
final class Rooms {
    /** From the ground up. A name stands for the package and all below it, unless a longer name matches too. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("dev.sealway.error"),
            List.of(
                    "dev.sealway.crypto",
                    "dev.sealway.html",
                    "dev.sealway.jdbc",
                    "dev.sealway.json",
                    "dev.sealway.keys",
                    "dev.sealway.patience",
                    "dev.sealway.plan",
                    "dev.sealway.progress",
                    "dev.sealway.search"),
            List.of("dev.sealway.throttle", "dev.sealway.vault"),
            List.of(
                    "dev.sealway.crypto.tink",
                    "dev.sealway.crypto.transit",
                    "dev.sealway.keys.aws",
                    "dev.sealway.keys.env",
                    "dev.sealway.keys.file",
                    "dev.sealway.keys.vault",
                    "dev.sealway.planfile"),
            List.of("dev.sealway.audit"),
            List.of("dev.sealway.catalog", "dev.sealway.ledger"),
            List.of("dev.sealway.guard"),
            List.of("dev.sealway.batch"),
            List.of(
                    "dev.sealway.backup",
                    "dev.sealway.certificate",
                    "dev.sealway.control",
                    "dev.sealway.coverage",
                    "dev.sealway.discover",
                    "dev.sealway.doctor",
                    "dev.sealway.index",
                    "dev.sealway.proof",
                    "dev.sealway.redefine",
                    "dev.sealway.report",
                    "dev.sealway.residue",
                    "dev.sealway.takeover"),
            List.of("dev.sealway.phase"),
            List.of("dev.sealway.workflow"),
            List.of("dev.sealway.application"),
            List.of("dev.sealway.config"),
            List.of("dev.sealway"),
            List.of("dev.sealway.migration"),
            List.of(
                    "dev.sealway.cli",
                    "dev.sealway.flyway",
                    "dev.sealway.jpa",
                    "dev.sealway.liquibase",
                    "dev.sealway.maven"),
            List.of("db.migration"));

    static final List<String> ADAPTERS = FLOORS.get(3);
    static final List<String> DOORS = FLOORS.get(14);

    /** Libraries, and the only rooms that may name them. */
    static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            Map.entry("ch.qos.logback", List.of("dev.sealway.cli")),
            Map.entry("com.google.crypto.tink", List.of("dev.sealway.crypto.tink")),
            Map.entry("com.google.gson", List.of("dev.sealway.json")),
            Map.entry("io.github.jopenlibs", List.of("dev.sealway.vault")),
            Map.entry("io.zonky", List.of("dev.sealway.cli")),
            Map.entry("liquibase", List.of("dev.sealway.liquibase")),
            Map.entry("jakarta.persistence", List.of("dev.sealway.jpa")),
            Map.entry("me.tongfei", List.of("dev.sealway.cli")),
            Map.entry("org.apache.maven", List.of("dev.sealway.maven")),
            Map.entry("org.flywaydb", List.of("dev.sealway.flyway", "db.migration")),
            Map.entry("org.postgresql", List.of("dev.sealway.jdbc")),
            Map.entry("org.snakeyaml", List.of("dev.sealway.planfile")),
            Map.entry("software.amazon.awssdk", List.of("dev.sealway.keys.aws")),
            Map.entry("picocli", List.of("dev.sealway.cli")));

    private Rooms() {}

    /** The room a class stands in; none when the map does not show its package. */
    static Optional<String> roomOf(JavaClass type) {
        return roomOf(type.getPackageName());
    }

    static Optional<String> roomOf(String packageName) {
        return all().filter(room -> stands(packageName, room)).reduce((one, other) -> longer(one, other));
    }

    /** Only the root is exactly one package: the rooms below it have names of their own. */
    private static boolean stands(String packageName, String room) {
        return packageName.equals(room) || (!room.equals("dev.sealway") && packageName.startsWith(room + "."));
    }

    private static String longer(String one, String other) {
        return one.length() >= other.length() ? one : other;
    }

    static int floorOf(String room) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new IllegalArgumentException("the map shows no room " + room);
    }

    static Stream<String> all() {
        return FLOORS.stream().flatMap(List::stream);
    }

    /** The packages of a room in ArchUnit's notation. */
    static String[] within(List<String> rooms) {
        return rooms.stream().map(room -> room + "..").toArray(String[]::new);
    }
}
