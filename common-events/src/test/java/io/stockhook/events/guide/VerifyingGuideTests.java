package io.stockhook.events.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.events.signature.WebhookSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The snippets of {@code docs/guides/verifying.md}, each in its own language, against what the signer of deliveries signs. */
class VerifyingGuideTests {

    private static final String SECRET = SigningSecrets.generate();
    private static final String OTHER_SECRET = SigningSecrets.generate();
    private static final String PLAIN_SECRET = "a secret of my own, größer";
    private static final String ID = "evt_0190f3a8c5d27b1e8a4f6c2d9e0b7a31";
    private static final long SIGNED_AT = 1_767_225_600;
    private static final byte[] BODY =
            "{\"type\":\"product.updated\",\"data\":{\"name\":\"Größe \\u00e9 \uD83D\uDE00\"}}\n".getBytes(UTF_8);
    private static final Findings BOTH = new Findings(true, true);
    private static final Findings NEITHER = new Findings(false, false);

    private static final Map<Language, List<String>> PREPARED = new EnumMap<>(Language.class);

    @TempDir
    static Path directory;

    /** What a snippet says of a request's two signatures. */
    private record Findings(boolean standard, boolean classic) {}

    /** A signed request as it arrives; null for a header that does not. */
    private record Arrival(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String standard,
            @Nullable String classic,
            byte[] body) {

        static Arrival signedWith(List<String> secrets, byte[] body) {
            WebhookSigner signer = new WebhookSigner(secrets);
            return new Arrival(
                    ID, Long.toString(SIGNED_AT), signer.standard(ID, SIGNED_AT, body), signer.classic(body), body);
        }

        static Arrival signedWith(String secret) {
            return signedWith(List.of(secret), BODY);
        }

        Arrival withBody(byte[] other) {
            return new Arrival(id, timestamp, standard, classic, other);
        }

        Arrival withTimestamp(@Nullable String other) {
            return new Arrival(id, other, standard, classic, body);
        }

        Arrival withSignatures(@Nullable String otherStandard, @Nullable String otherClassic) {
            return new Arrival(id, timestamp, otherStandard, otherClassic, body);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void guideShowsTheFileThatIsTested(Language language) throws Exception {
        // Given
        String snippet = Files.readString(language.file());

        // When
        String guide = Files.readString(Language.GUIDES.resolve("verifying.md"));

        // Then
        assertThat(guide).contains("```%s\n%s```\n".formatted(language.fence(), snippet));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void acceptsWhatIsSigned(Language language) throws Exception {
        assertThat(verify(language, List.of(SECRET), Arrival.signedWith(SECRET), SIGNED_AT))
                .isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void acceptsASecretThatIsNoBase64(Language language) throws Exception {
        assertThat(verify(language, List.of(PLAIN_SECRET), Arrival.signedWith(PLAIN_SECRET), SIGNED_AT))
                .isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void acceptsASecretWhoseBase64HasNoPadding(Language language) throws Exception {
        // Given
        String unpadded = SECRET.replace("=", "");

        // When
        Findings findings = verify(language, List.of(unpadded), Arrival.signedWith(unpadded), SIGNED_AT);

        // Then
        assertThat(findings).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void acceptsAnyBytesAndNoneForABody(Language language) throws Exception {
        // Given
        byte[] bytes = new byte[256];
        for (int value = 0; value < bytes.length; value++) {
            bytes[value] = (byte) value;
        }

        // When
        Findings ofAll = verify(language, List.of(SECRET), Arrival.signedWith(List.of(SECRET), bytes), SIGNED_AT);
        Findings ofNone =
                verify(language, List.of(SECRET), Arrival.signedWith(List.of(SECRET), new byte[0]), SIGNED_AT);

        // Then
        assertThat(ofAll).isEqualTo(BOTH);
        assertThat(ofNone).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusesABodyThatWasAltered(Language language) throws Exception {
        // Given
        Arrival arrival = Arrival.signedWith(SECRET);
        byte[] withoutItsLastByte = Arrays.copyOf(BODY, BODY.length - 1);

        // When
        Findings findings = verify(language, List.of(SECRET), arrival.withBody(withoutItsLastByte), SIGNED_AT);

        // Then
        assertThat(findings).isEqualTo(NEITHER);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusesAnotherSecret(Language language) throws Exception {
        assertThat(verify(language, List.of(OTHER_SECRET), Arrival.signedWith(SECRET), SIGNED_AT))
                .isEqualTo(NEITHER);
        assertThat(verify(language, List.of(PLAIN_SECRET + '!'), Arrival.signedWith(PLAIN_SECRET), SIGNED_AT))
                .isEqualTo(NEITHER);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusesAnOldTimestampAndOneToCome(Language language) throws Exception {
        // Given
        Arrival arrival = Arrival.signedWith(SECRET);

        // When
        Findings old = verify(language, List.of(SECRET), arrival, SIGNED_AT + 301);
        Findings toCome = verify(language, List.of(SECRET), arrival, SIGNED_AT - 301);
        Findings withinTolerance = verify(language, List.of(SECRET), arrival, SIGNED_AT + 300);

        // Then the classic signature has no time
        assertThat(old).isEqualTo(new Findings(false, true));
        assertThat(toCome).isEqualTo(new Findings(false, true));
        assertThat(withinTolerance).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusesATimestampThatWasNotSigned(Language language) throws Exception {
        // Given
        Arrival moved = Arrival.signedWith(SECRET).withTimestamp(Long.toString(SIGNED_AT + 1));

        // When
        Findings findings = verify(language, List.of(SECRET), moved, SIGNED_AT);

        // Then
        assertThat(findings).isEqualTo(new Findings(false, true));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void acceptsTheNewAndTheOldSecretDuringARotation(Language language) throws Exception {
        // Given
        Arrival arrival = Arrival.signedWith(List.of(SECRET, OTHER_SECRET), BODY);

        // When
        Findings byTheNew = verify(language, List.of(SECRET), arrival, SIGNED_AT);
        Findings byTheOld = verify(language, List.of(OTHER_SECRET), arrival, SIGNED_AT);
        Findings byEither = verify(language, List.of(OTHER_SECRET, SECRET), arrival, SIGNED_AT);

        // Then the classic signature is the newest secret's alone
        assertThat(byTheNew).isEqualTo(BOTH);
        assertThat(byTheOld).isEqualTo(new Findings(true, false));
        assertThat(byEither).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void passesOverSignaturesOfOtherVersions(Language language) throws Exception {
        // Given
        Arrival arrival = Arrival.signedWith(SECRET);
        String among = "v1a,AAAA * " + arrival.standard() + " v2,größer";

        // When
        Findings findings =
                verify(language, List.of(SECRET), arrival.withSignatures(among, arrival.classic()), SIGNED_AT);

        // Then
        assertThat(findings).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusesWhatIsMissingOrOfAnotherForm(Language language) throws Exception {
        // Given
        Arrival arrival = Arrival.signedWith(SECRET);

        // When
        Findings unsigned = verify(language, List.of(SECRET), arrival.withSignatures(null, null), SIGNED_AT);
        Findings empty = verify(language, List.of(SECRET), arrival.withSignatures("", ""), SIGNED_AT);
        Findings odd = verify(language, List.of(SECRET), arrival.withSignatures("v1,", "sha256="), SIGNED_AT);
        Findings timeless = verify(language, List.of(SECRET), arrival.withTimestamp(null), SIGNED_AT);
        Findings wordy = verify(language, List.of(SECRET), arrival.withTimestamp("now[$(id)]"), SIGNED_AT);

        // Then
        assertThat(List.of(unsigned, empty, odd)).containsOnly(NEITHER);
        assertThat(List.of(timeless, wordy)).containsOnly(new Findings(false, true));
    }

    @Test
    void everySnippetIsOfALanguageThatIsTested() throws Exception {
        // Given
        List<Path> tested = Arrays.stream(Language.values()).map(Language::file).toList();

        // When
        List<Path> files;
        try (var listed = Files.list(Language.GUIDES.resolve("verifying"))) {
            files = listed.toList();
        }

        // Then
        assertThat(files).containsExactlyInAnyOrderElementsOf(tested);
    }

    private static Findings verify(Language language, List<String> secrets, Arrival arrival, long now)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>();
        environment.put("SECRETS", String.join("\n", secrets));
        environment.put("NOW", Long.toString(now));
        // The snippets read UTF-8, as a server does, whatever this machine speaks.
        environment.put("LC_ALL", "C.UTF-8");
        putIfThere(environment, "WEBHOOK_ID", arrival.id());
        putIfThere(environment, "WEBHOOK_TIMESTAMP", arrival.timestamp());
        putIfThere(environment, "WEBHOOK_SIGNATURE", arrival.standard());
        putIfThere(environment, "X_WEBHOOK_SIGNATURE", arrival.classic());
        String printed = Commands.run(directory, prepared(language), environment, arrival.body());
        List<String> lines = printed.lines().toList();
        assertThat(lines).as(printed).hasSize(2).allMatch(line -> line.matches("(?i)true|false"));
        return new Findings(Boolean.parseBoolean(lines.get(0)), Boolean.parseBoolean(lines.get(1)));
    }

    private static void putIfThere(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static List<String> prepared(Language language) throws IOException, InterruptedException {
        Commands.require(language.commands());
        List<String> command = PREPARED.get(language);
        if (command == null) {
            command = language.prepare(Files.createDirectory(directory.resolve(language.name())));
            PREPARED.put(language, command);
        }
        return command;
    }
}
