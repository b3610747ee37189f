package dev.sealway.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void escapesWhatComesFromOutside() {
        assertThat(new Html()
                        .add("<p title=\"%s\">%s</p>", "\"><script>", "a & b's <i>")
                        .toString())
                .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">a &amp; b&#39;s &lt;i&gt;</p>\n");
    }

    @Test
    void escapesCellsAndListsAndHeadings() {
        String html = new Html()
                .section("<1>")
                .list(List.of("<2>"))
                .table(List.of("<3>"), List.of(List.of("<4>"), List.of(Html.mono("<5>"))))
                .toString();
        assertThat(html).doesNotContainPattern("<\\d").contains("&lt;4&gt;", "<code>&lt;5&gt;</code>");
    }

    @Test
    void showsThatACharacterIsHidden() {
        assertThat(Html.escape("a\u0000b\u202ec\u200bd\u00fc😀")).isEqualTo("a\ufffdb\ufffdc\ufffdd\u00fc😀");
    }

    @Test
    void leavesPercentSignsOfValuesAlone() {
        assertThat(new Html().paragraph("100 % of %s").toString()).isEqualTo("<p>100 % of %s</p>\n");
    }
}
