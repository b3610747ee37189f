package dev.sealway.discover;

import dev.sealway.discover.form.Shape;
import java.util.List;

/**
 * What values say about a kind.
 *
 * @param confirming forms that make a name's claim all but certain
 * @param plausible forms that leave a name's claim standing
 * @param standing what is left of the name's strength when values are only plausible, as a share
 * @param alone forms that need no name
 * @param confidence of a column of such values whose name says nothing, in percent
 * @param share of the values that must have one of {@code alone}
 * @param values that must have been seen for it
 */
record Proof(
        List<Shape> confirming,
        List<Shape> plausible,
        double standing,
        List<Shape> alone,
        int confidence,
        double share,
        int values) {

    static Proof by(Shape... confirming) {
        return new Proof(List.of(confirming), List.of(), 0, List.of(), 0, 1, 1);
    }

    static Proof plausibly(Shape... plausible) {
        return new Proof(List.of(), List.of(plausible), 1, List.of(), 0, 1, 1);
    }

    Proof orPlausibly(double left, Shape... forms) {
        return new Proof(confirming, List.of(forms), left, alone, confidence, share, values);
    }

    Proof alone(int percent, double ofValues, int atLeast, Shape... forms) {
        return new Proof(confirming, plausible, standing, List.of(forms), percent, ofValues, atLeast);
    }
}
