package io.stockhook.subscription.integration;

import io.stockhook.events.address.AddressPolicy;
import java.util.List;

/** Providers that are all at one origin. */
final class MockedProviders implements IntegrationConfig {

    /** An origin for tests that send nothing. */
    static final String NOWHERE = "http://127.0.0.1:1";

    /** Plain http is for ranges that are exempt alone. */
    static final AddressPolicy LOOPBACK = new AddressPolicy(List.of("127.0.0.0/8"));

    private final String origin;

    MockedProviders(String origin) {
        this.origin = origin;
    }

    static Provider provider(String origin, String name) {
        return new Providers(new MockedProviders(origin)).require(name);
    }

    @Override
    public List<String> slackUrls() {
        return List.of(origin);
    }

    @Override
    public List<String> discordUrls() {
        return List.of(origin);
    }

    @Override
    public List<String> teamsUrls() {
        return List.of(origin);
    }

    @Override
    public List<String> zapierUrls() {
        return List.of(origin);
    }

    @Override
    public String pagerdutyUrl() {
        return origin;
    }

    @Override
    public String pagerdutyEuUrl() {
        return origin + "/eu";
    }

    @Override
    public String mailchimpUrl() {
        return origin;
    }
}
