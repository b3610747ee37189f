package dev.sealway.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;

/** What the rules of {@link ArchitectureTest} ask of a class. */
final class Conditions {
    private static final Set<String> SECRETS = Set.of("Plaintext", "KeyMaterial");

    private Conditions() {}

    /** One slice per door; everything else is no slice. */
    static SliceAssignment doors() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return Rooms.roomOf(type)
                        .filter(Rooms.DOORS::contains)
                        .map(SliceIdentifier::of)
                        .orElse(SliceIdentifier.ignore());
            }

            @Override
            public String getDescription() {
                return "doors";
            }
        };
    }

    static ArchCondition<JavaClass> standInARoom() {
        return new ArchCondition<>("stand in a room that the map shows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (Rooms.roomOf(type).isEmpty()) {
                    violated(
                            events,
                            type,
                            "package %s of %s is on no floor: give it a place in Rooms"
                                    .formatted(type.getPackageName(), type.getName()));
                }
            }
        };
    }

    static ArchCondition<JavaClass> dependDownwardsOnly() {
        return new ArchCondition<>("depend on rooms below only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(Conditions::pointsUp)
                        .forEach(arrow -> violated(events, arrow, "arrow points up: " + arrow.getDescription()));
            }
        };
    }

    private static boolean pointsUp(Dependency arrow) {
        var from = Rooms.roomOf(arrow.getOriginClass());
        var to = Rooms.roomOf(arrow.getTargetClass().getBaseComponentType());
        return from.isPresent() && to.isPresent() && Rooms.floorOf(from.get()) < Rooms.floorOf(to.get());
    }

    static ArchCondition<JavaClass> haveANullMarkedPackage() {
        return new ArchCondition<>("have a package-info.java with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .orElse(false);
                if (!marked) {
                    violated(
                            events,
                            type,
                            "package %s of %s has no package-info.java with @NullMarked"
                                    .formatted(type.getPackageName(), type.getSimpleName()));
                }
            }
        };
    }

    static ArchCondition<JavaClass> holdNoSecretComponent() {
        return new ArchCondition<>("hold no secret component") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(Conditions::isSecret)
                        .forEach(field -> violated(
                                events,
                                field,
                                "%s is a secret: its record would print it".formatted(field.getFullName())));
            }
        };
    }

    private static boolean isSecret(JavaField field) {
        return field.getType().getAllInvolvedRawTypes().stream()
                .anyMatch(type ->
                        SECRETS.contains(type.getSimpleName()) || type.getName().equals("[C"));
    }

    /** Calls that fetch the time, randomness or the environment instead of being given it. */
    static DescribedPredicate<JavaCall<?>> ambient() {
        return DescribedPredicate.describe("that fetch time, randomness or the environment", call -> {
            var target = call.getTarget();
            var owner = target.getOwner().getName();
            var name = target.getName();
            return readsTheTime(owner, target)
                    || (owner.equals("java.lang.System")
                            && Set.of("currentTimeMillis", "getenv").contains(name))
                    || (owner.equals(SecureRandom.class.getName())
                            && (name.equals(JavaConstructor.CONSTRUCTOR_NAME) || name.startsWith("getInstance")));
        });
    }

    private static boolean readsTheTime(String owner, CodeUnitCallTarget target) {
        if (owner.equals(Clock.class.getName())) {
            return target.getName().startsWith("system") || target.getName().startsWith("tick");
        }
        return owner.startsWith("java.time.")
                && target.getName().equals("now")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static void violated(ConditionEvents events, Object item, String message) {
        events.add(SimpleConditionEvent.violated(item, message));
    }
}
