package dev.sealway.catalog.check;

import dev.sealway.plan.TablePlan;

/** Whether ciphertexts can stand where a table's plaintext stands. */
final class InPlaceCheck {

    private InPlaceCheck() {}

    static void check(TablePlan plan, Findings findings) {
        findings.fault(
                plan, "mode: in-place can be planned, but this version does not carry it out yet; use mode: expand");
    }
}
