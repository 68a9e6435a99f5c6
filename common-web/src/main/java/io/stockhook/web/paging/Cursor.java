package io.stockhook.web.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A position in a list, made opaque so that nobody builds one. */
final class Cursor {

    private Cursor() {}

    static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if the text is no cursor of ours */
    static String decode(String cursor) {
        String position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        if (!encode(position).equals(cursor)) {
            throw new IllegalArgumentException("not in canonical form");
        }
        if (position.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL, which PostgreSQL cannot compare with");
        }
        return position;
    }
}
