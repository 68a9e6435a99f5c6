import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { verifyStandard, verifyClassic } = await import(pathToFileURL(process.argv[2] + '/webhook-verifier.mjs'));

const secrets = process.env.SECRETS.split('\n');
const headers = {};
for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-webhook-signature']) {
  const value = process.env[name.toUpperCase().replaceAll('-', '_')];
  if (value !== undefined) headers[name] = value;
}
const body = readFileSync(0);
console.log(verifyStandard(secrets, headers, body, Number(process.env.NOW)));
console.log(verifyClassic(secrets, headers, body));
