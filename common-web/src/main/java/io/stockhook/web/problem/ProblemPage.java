package io.stockhook.web.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** {@code /docs/problems}: what each type of problem means, where its type leads to. The page is docs/problems.md. */
@Singleton
class ProblemPage {

    static final String PATH = "/docs/problems";

    private static final String SOURCE = "/problems.md";
    private static final Pattern HEADING = Pattern.compile("## (\\S+)");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern BLANK_LINES = Pattern.compile("\n{2,}");

    void register(@Observes Router router) {
        String page = html(read());
        router.get(PATH).handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .end(page));
    }

    /** The Markdown that the page is written in, and no other: headings, paragraphs, code in a line. */
    static String html(String markdown) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><title>Problems</title><body>");
        for (String block : BLANK_LINES.split(markdown.strip())) {
            String text = CODE.matcher(escaped(block)).replaceAll("<code>$1</code>");
            var heading = HEADING.matcher(text);
            if (heading.matches()) {
                html.append("<h2 id=\"%1$s\">%1$s</h2>".formatted(heading.group(1)));
            } else if (text.startsWith("# ")) {
                html.append("<h1>").append(text.substring(2)).append("</h1>");
            } else {
                html.append("<p>").append(text).append("</p>");
            }
            html.append('\n');
        }
        return html.append("</body></html>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String read() {
        try (InputStream source = ProblemPage.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException(SOURCE + " is not packaged");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
