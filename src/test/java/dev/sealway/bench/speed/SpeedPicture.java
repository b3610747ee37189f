package dev.sealway.bench.speed;

import dev.sealway.bench.Figure;
import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.html.Html;
import java.util.List;

/** A bar for each ratio to floor A, with its spread, as SVG. */
final class SpeedPicture {

    private static final int BAR = 380;
    private static final int LINE = 24;
    private static final int LABELS = 430;
    private static final int NUMBERS = 70;

    private final Results results;
    private final double scale;

    SpeedPicture(Results results) {
        this.results = results;
        this.scale = BAR
                / results.rates().stream()
                        .mapToDouble(n -> results.toFloor(n).most())
                        .max()
                        .orElse(1);
    }

    String text() {
        List<String> names = results.rates();
        Html svg = new Html()
                .add(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" font-family=\"sans-serif\" font-size=\"13\">",
                        LABELS + BAR + NUMBERS, LINE * (names.size() + 1))
                .add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        for (int n = 0; n < names.size(); n++) {
            bar(svg, names.get(n), LINE * (n + 1));
        }
        return svg.add("</svg>").toString();
    }

    private void bar(Html svg, String name, int y) {
        Spread ratio = results.toFloor(name);
        svg.add("<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>", LABELS - 8, y, name);
        svg.add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"14\" fill=\"%s\"/>",
                LABELS, y - 11, tenths(scale * ratio.median()), name.startsWith("Sealway") ? "#1f6f54" : "#a9b4bf");
        svg.add(
                "<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"black\"/>",
                tenths(LABELS + scale * ratio.least()), tenths(LABELS + scale * ratio.most()), y - 4, y - 4);
        svg.add(
                "<text x=\"%s\" y=\"%s\">%s</text>",
                tenths(LABELS + scale * ratio.most() + 6), y, Figure.ratio(ratio.median()));
    }

    private static String tenths(double pixels) {
        return Figure.decimal(1, pixels);
    }
}
