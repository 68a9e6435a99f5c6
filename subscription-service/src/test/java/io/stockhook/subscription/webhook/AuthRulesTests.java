package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.web.problem.FieldError;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthRulesTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final AuthRules rules = new AuthRules(new AddressPolicy(List.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'none'}",
                "{'type':'basic','username':'erp','password':'p\u00e4ss: word'}",
                "{'type':'bearer','token':'abc.def~+/=='}",
                "{'type':'api_key','header':'X-Api-Key','value':'a key'}",
                "{'type':'oauth2','token_url':'https://id.example.com/token','client_id':'a b','client_secret':'s'}",
                "{'type':'oauth2','token_url':'https://id.example.com/t','client_id':'a','client_secret':'s','scope':'a b'}"
            })
    void aCompleteAuthIsTaken(String auth) throws Exception {
        assertThat(rules.check(auth(auth), "X-Webhook-")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'type':'basic'}                                            | auth.username auth.password
                    {'type':'basic','username':'a:b','password':'p'}            | auth.username
                    {'type':'basic','username':'','password':'p'}               | auth.username
                    {'type':'basic','username':'a','password':'\\n'}            | auth.password
                    {'type':'basic','username':'a','password':'***'}            | auth.password
                    {'type':'basic','username':'a','password':'p','token':'t'}  | auth.token
                    {'type':'none','password':'p'}                              | auth.password
                    {'type':'bearer'}                                           | auth.token
                    {'type':'bearer','token':'Bearer abc'}                      | auth.token
                    {'type':'bearer','token':'a\\r\\nHost: evil'}               | auth.token
                    {'type':'bearer','token':'***'}                             | auth.token
                    {'type':'api_key','header':'X-Api-Key'}                     | auth.value
                    {'type':'api_key','header':'Host','value':'v'}              | auth.header
                    {'type':'api_key','header':'webhook-id','value':'v'}        | auth.header
                    {'type':'api_key','header':'X-Webhook-Event','value':'v'}   | auth.header
                    {'type':'api_key','header':'X Y','value':'v'}               | auth.header
                    {'type':'api_key','header':'X-Api-Key','value':'a\\nb'}     | auth.value
                    {'type':'oauth2'}                                           | auth.token_url auth.client_id auth.client_secret
                    {'type':'oauth2','token_url':'http://id.example.com/','client_id':'a','client_secret':'s'}                    | auth.token_url
                    {'type':'oauth2','token_url':'https://169.254.169.254/','client_id':'a','client_secret':'s'}                  | auth.token_url
                    {'type':'oauth2','token_url':'https://user@id.example.com/','client_id':'a','client_secret':'s'}              | auth.token_url
                    {'type':'oauth2','token_url':'https://id.example.com/','client_id':'\u00e4','client_secret':'s'}              | auth.client_id
                    {'type':'oauth2','token_url':'https://id.example.com/','client_id':'a','client_secret':'s','scope':'a  b'}    | auth.scope
                    {'type':'mutual_tls'}                                       | auth.certificate auth.private_key
                    {'type':'mutual_tls','certificate':'c','private_key':'k'}   | auth.certificate
                    """)
    void whatIsWrongIsNamedByItsField(String auth, String fields) throws Exception {
        assertThat(rules.check(auth(auth), "X-Webhook-"))
                .extracting(FieldError::field)
                .containsExactly(fields.split(" "));
    }

    private static WebhookAuth auth(String text) throws JsonProcessingException {
        return JSON.readValue(text.replace('\'', '"'), WebhookAuth.class);
    }
}
