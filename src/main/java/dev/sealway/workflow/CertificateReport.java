package dev.sealway.workflow;

import java.util.List;

/**
 * A certificate that was written.
 *
 * @param page the HTML file
 * @param document the JSON file
 * @param signed whether it has a signature
 * @param open what is not done or does not hold; empty if everything is
 */
public record CertificateReport(String page, String document, String sha256, boolean signed, List<String> open) {

    public CertificateReport {
        open = List.copyOf(open);
    }
}
