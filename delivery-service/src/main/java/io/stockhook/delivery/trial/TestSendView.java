package io.stockhook.delivery.trial;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to a test send. */
@Schema(name = "TestSend", description = "The answer to a test send.")
public record TestSendView(
        @Schema(description = "What came of it.") TestResultView testResult) {}
