<?php
declare(strict_types=1);

require $argv[1] . '/webhook_verifier.php';

$secrets = explode("\n", getenv('SECRETS'));
$headers = [];
foreach (['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-webhook-signature'] as $name) {
    $value = getenv(str_replace('-', '_', strtoupper($name)));
    if ($value !== false) {
        $headers[$name] = $value;
    }
}
$body = stream_get_contents(STDIN);
echo var_export(verify_standard($secrets, $headers, $body, (int) getenv('NOW')), true), "\n";
echo var_export(verify_classic($secrets, $headers, $body), true), "\n";
