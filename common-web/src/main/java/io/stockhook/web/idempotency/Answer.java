package io.stockhook.web.idempotency;

import java.util.List;
import java.util.Map;

/**
 * An answer, as it was given and is given again.
 *
 * @param headers those that the resource set
 * @param body in JSON; empty where there was none
 */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {}
