import java.time.Instant;
import java.util.List;

final class Driver {

    public static void main(String[] arguments) throws Exception {
        WebhookVerifier verifier = new WebhookVerifier(List.of(System.getenv("SECRETS").split("\n")));
        byte[] body = System.in.readAllBytes();
        System.out.println(verifier.isStandardValid(
                System.getenv("WEBHOOK_ID"),
                System.getenv("WEBHOOK_TIMESTAMP"),
                System.getenv("WEBHOOK_SIGNATURE"),
                body,
                Instant.ofEpochSecond(Long.parseLong(System.getenv("NOW")))));
        System.out.println(verifier.isClassicValid(System.getenv("X_WEBHOOK_SIGNATURE"), body));
    }
}
