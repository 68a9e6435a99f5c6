package io.stockhook.web.auth;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;

/** Refusals of the security layer as problems: 401 where a token is missing or not valid, 403 where it does not suffice. */
final class SecurityProblems {

    private static final String CHALLENGE = "Bearer realm=\"stockhook\"";

    private SecurityProblems() {}

    private static HttpProblem unauthorized(String detail, String challenge) {
        return Problems.of("unauthorized", "Unauthorized", Status.UNAUTHORIZED)
                .withDetail(detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    /** No token was sent. */
    @Provider
    @Priority(1)
    public static final class Unauthenticated extends ExceptionMapperBase<UnauthorizedException> {
        @Override
        protected HttpProblem toProblem(UnauthorizedException e) {
            return unauthorized("Send 'Authorization: Bearer' with an API key or a JWT.", CHALLENGE);
        }
    }

    /** A token was sent that proves nothing. */
    @Provider
    @Priority(1)
    public static final class NotAuthentic extends ExceptionMapperBase<AuthenticationFailedException> {
        @Override
        protected HttpProblem toProblem(AuthenticationFailedException e) {
            Throwable cause = e.getCause();
            String reason = cause == null || cause instanceof RefusedTokenException
                    ? (cause == null ? e : cause).getMessage()
                    : null;
            String detail = reason != null
                    ? reason
                    : "The bearer token is not valid: signature, issuer, audience or expiry does not hold.";
            return unauthorized(detail, CHALLENGE + ", error=\"invalid_token\"");
        }
    }

    /** The token's role does not reach as far. */
    @Provider
    @Priority(1)
    public static final class NotAllowed extends ExceptionMapperBase<ForbiddenException> {
        @Override
        protected HttpProblem toProblem(ForbiddenException e) {
            return Problems.forbidden("The token's role does not allow this.");
        }
    }
}
