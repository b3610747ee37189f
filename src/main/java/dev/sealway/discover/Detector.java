package dev.sealway.discover;

import dev.sealway.discover.Sample.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges columns: what the name claims is held against the values, and values that speak for themselves count alone. */
public final class Detector {

    /** From here on a finding is more likely right than wrong, and goes into a plan. */
    public static final int LIKELY = 60;

    /** Below this nobody is told. */
    public static final int WORTH_A_LOOK = 35;

    private static final int CERTAIN = 99;
    private static final int UNSEEN = 8;
    private static final double CONTRADICTED = 0.25;
    private static final double MOST = 0.6;
    private static final double HALF = 0.5;
    private static final int FEWEST_DIFFERENT = 3;

    private Detector() {}

    /** What a column looks like; empty if it is like none of the kinds. */
    public static Optional<Finding> look(ColumnFacts column) {
        if (column.type() == ValueType.JSON
                || (column.type() == ValueType.TEXT && column.sample().isDocuments())) {
            return JsonKeys.look(column);
        }
        ColumnFacts facts = column.type() == ValueType.TEXT && column.sample().isArrays()
                ? column.with(column.type(), column.sample().elements())
                : column;
        List<Finding> findings = new ArrayList<>();
        Optional<Claim> claim = Claim.of(facts);
        claim.flatMap(c -> held(c, facts)).ifPresent(findings::add);
        for (Kind kind : Kind.values()) {
            alone(kind, facts).map(f -> joined(f, claim)).ifPresent(findings::add);
        }
        ofType(facts).ifPresent(findings::add);
        MentionsOfPeople.look(facts).ifPresent(findings::add);
        return findings.stream()
                .filter(f -> f.confidence() >= WORTH_A_LOOK)
                .max(Comparator.comparingInt(Finding::confidence));
    }

    /** What is left of a claim once the values are seen. */
    private static Optional<Finding> held(Claim claim, ColumnFacts facts) {
        Proof proof = claim.kind().proof();
        Sample sample = facts.sample();
        if (sample.size() == 0) {
            return finding(claim.kind(), claim.strength() - UNSEEN, claim.reason() + "; no values were seen", facts);
        }
        Optional<Share> confirming = sample.best(proof.confirming()).filter(s -> s.share() >= HALF);
        if (confirming.isPresent()) {
            Share share = confirming.get();
            int sure = (int) (claim.strength() + (CERTAIN - claim.strength()) * share.share());
            return finding(claim.kind(), sure, "%s; %s".formatted(claim.reason(), share.words()), facts);
        }
        Optional<Share> plausible = sample.best(proof.plausible());
        boolean fits = plausible.filter(s -> s.share() >= MOST).isPresent();
        Share told = plausible.or(() -> sample.best(proof.confirming())).orElseThrow();
        return finding(
                claim.kind(),
                (int) (claim.strength() * (fits ? proof.standing() : CONTRADICTED)),
                "%s; %s%s".formatted(claim.reason(), fits ? "" : "but only ", told.words()),
                facts);
    }

    /** Values that cannot well be anything else, whatever the column is called. */
    private static Optional<Finding> alone(Kind kind, ColumnFacts facts) {
        Proof proof = kind.proof();
        Sample sample = facts.sample();
        if (sample.size() < proof.values() || !kind.standsIn(facts.type()) || isCalledOtherwise(kind, facts)) {
            return Optional.empty();
        }
        return sample.best(proof.alone())
                .filter(s ->
                        s.share() >= proof.share() && sample.distinct() >= Math.min(FEWEST_DIFFERENT, proof.values()))
                .flatMap(s -> finding(kind, proof.confidence(), s.words(), facts));
    }

    private static boolean isCalledOtherwise(Kind kind, ColumnFacts facts) {
        return Claim.isOfOthers(kind, facts)
                || Words.of(facts.name()).stream().anyMatch(w -> Lexicon.KNOWN.isOther(w, kind));
    }

    private static Finding joined(Finding alone, Optional<Claim> claim) {
        return claim.filter(c -> c.kind() == alone.kind())
                .map(c -> new Finding(
                        alone.kind(),
                        Math.min(CERTAIN, Math.max(alone.confidence(), c.strength()) + 1),
                        "%s; %s".formatted(c.reason(), alone.reason()),
                        alone.normalizer()))
                .orElse(alone);
    }

    private static Optional<Finding> ofType(ColumnFacts facts) {
        return switch (facts.type()) {
            case NETWORK -> finding(Kind.IP_ADDRESS, 80, "its type is one for addresses of computers", facts);
            case DEVICE -> finding(Kind.MAC_ADDRESS, 85, "its type is one for addresses of devices", facts);
            case PLACE -> finding(Kind.LOCATION, 60, "its type is one for places", facts);
            default -> Optional.empty();
        };
    }

    static Optional<Finding> finding(Kind kind, int confidence, String reason, ColumnFacts facts) {
        return confidence < 1
                ? Optional.empty()
                : Optional.of(new Finding(
                        kind, Math.min(CERTAIN, confidence), reason, LookUp.normalizer(kind, facts.sample())));
    }
}
