package io.stockhook.web.etag;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.core.EntityTag;
import org.jspecify.annotations.Nullable;

/** A resource's version as its strong entity tag: version 3 is {@code "3"}. */
public final class EntityTags {

    private static final String ANY = "*";

    private EntityTags() {}

    /** The value of the {@code ETag} header. */
    public static EntityTag of(long version) {
        return new EntityTag(Long.toString(version));
    }

    /**
     * Lets a change pass if the caller saw this version, or does not say what it saw. To be called with the resource's row
     * locked. The comparison is strong (RFC 9110, section 8.8.3.2): a weak tag never matches.
     *
     * @param ifMatch the {@code If-Match} header: {@code *} or a list of tags; null where it was not sent
     * @throws HttpProblem 412 if none of the tags is this version's
     */
    public static void requireMatch(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return;
        }
        String current = '"' + Long.toString(version) + '"';
        for (String tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals(current)) {
                return;
            }
        }
        throw Problems.preconditionFailed(
                "The resource was changed since: If-Match is %s and its version is %s.".formatted(ifMatch, current));
    }
}
