package dev.sealway.html;

/** The beginning and the end of a page to read and print: one file without references to anything outside of it. */
public final class Page {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            :root { color-scheme: light; }
            body { font: 15px/1.5 Georgia, 'Times New Roman', serif; color: #1c2126; background: #fff; margin: 0 auto;
                   max-width: 62rem; padding: 2.5rem 2rem 4rem; }
            h1 { font-size: 1.9rem; font-weight: 600; margin: 0 0 .2rem; }
            h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; border-bottom: 1px solid #c8ced4; padding-bottom: .2rem;
                 break-after: avoid; }
            .of { color: #55606b; margin: 0 0 1.5rem; }
            .verdict { border-left: 4px solid #2e7d4f; background: #f2f8f4; padding: .7rem 1rem; margin: 1.2rem 0; }
            .verdict.open { border-color: #b3541e; background: #fcf5ef; }
            .verdict p { margin: 0 0 .3rem; }
            .verdict ul { margin: .2rem 0; padding-left: 1.2rem; }
            table.facts { width: auto; font-size: inherit; }
            table.facts th, table.facts td { border: 0; padding: .1rem 1.4rem .1rem 0; font-weight: normal; }
            table { border-collapse: collapse; width: 100%%; font-size: .86rem; margin: .6rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
                     border-bottom: 1px solid #e1e5e9; overflow-wrap: break-word; }
            th { color: #55606b; font-weight: 600; }
            .good { color: #2e7d4f; }
            .bad { color: #b3541e; }
            td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            code { font: .82em/1.4 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
            li { margin: .15rem 0; }
            footer { margin-top: 2.5rem; border-top: 1px solid #c8ced4; padding-top: .8rem; color: #55606b; font-size: .86rem; }
            @page { size: A4; margin: 16mm 15mm; }
            @media print { body { font-size: 10pt; padding: 0; max-width: none; } tr { break-inside: avoid; }
                           thead { display: table-header-group; } .verdict { print-color-adjust: exact; } }
            </style>
            </head>
            <body>""";

    private Page() {}

    /** Everything before the first heading. */
    public static Html begin(Html html, String title) {
        return html.add(HEAD, title);
    }

    /** The whole page. */
    public static String end(Html html) {
        return html.add("</body>").add("</html>").toString();
    }
}
