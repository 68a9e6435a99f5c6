package io.stockhook.subscription.security;

import io.stockhook.subscription.masterkey.RotationProgress;
import io.stockhook.subscription.token.TokenKeys.TokenKeyState;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The platform's own keys. */
@Schema(name = "PlatformKeys", description = "The platform's own keys.")
record PlatformKeysView(
        @Schema(description = "The keys that access tokens are verified with, the newest first.")
        List<TokenKeyState> signing,

        @Schema(description = "How far the secrets are on their way to the current master key.")
        RotationProgress master) {}
