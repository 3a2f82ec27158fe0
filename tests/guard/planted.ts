/**
 * Secrets to be found, made up when the tests run: no part of this file looks like one, so nobody's scanner stumbles
 * over it.
 */

const SMALL = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LETTERS = SMALL + SMALL.toUpperCase();
const MIXED = LETTERS + DIGITS;

/** The same characters in every run, different ones for each secret. */
function random(seed: number): (length: number, from?: string) => string {
  let state = seed * 7919 + 104_729;
  return (length, from = MIXED) =>
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return from.charAt(Math.floor((state / 2_147_483_648) * from.length));
    }).join("");
}

type Make = (chars: ReturnType<typeof random>) => string;

/** A text that has a secret in it; the secret stands between « and ». */
const MAKERS: Readonly<Record<string, Make>> = {
  "AWS access key": (chars) => `«${"AK"}IA${chars(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}»`,
  "AWS secret key": (chars) => `aws_secret_access_${"key"} = «${chars(39)}7»`,
  "Google API key": (chars) => `«${"AI"}za${chars(35)}»`,
  "Google OAuth secret": (chars) => `«${"GOC"}SPX-${chars(28)}»`,
  "Azure account key": (chars) => `«Account${"Key="}${chars(86)}==»`,
  "Azure client secret": (chars) => `«${chars(3)}${"8Q"}~${chars(34)}»`,
  "DigitalOcean token": (chars) => `«${"do"}p_v1_${chars(64, HEX)}»`,
  "GitHub token": (chars) => `«${"gh"}p_${chars(36)}»`,
  "GitHub fine-grained token": (chars) => `«github${"_pat_"}${chars(22)}_${chars(59)}»`,
  "GitLab token": (chars) => `«${"gl"}pat-${chars(20)}»`,
  "npm token": (chars) => `«${"np"}m_${chars(36)}»`,
  "PyPI token": (chars) => `«${"py"}pi-Ag${chars(80)}»`,
  "Docker token": (chars) => `«${"dc"}kr_pat_${chars(27)}»`,
  "Stripe live key": (chars) => `«${"sk"}_live_${chars(24)}»`,
  "Stripe restricted key": (chars) => `«${"rk"}_live_${chars(24)}»`,
  "webhook signing secret": (chars) => `«${"wh"}sec_${chars(32)}»`,
  "Slack bot token": (chars) => `«${"xo"}xb-${chars(12, DIGITS)}-${chars(12, DIGITS)}-${chars(24)}»`,
  "Slack webhook": (chars) => `https://«${"hooks"}.slack.com/services/T${chars(8)}/B${chars(8)}/${chars(24)}»`,
  "Discord webhook": (chars) => `https://«${"discord"}.com/api/webhooks/${chars(18, DIGITS)}/${chars(68)}»`,
  "Teams webhook": (chars) =>
    `https://«contoso.${"webhook"}.office.com/webhookb2/${chars(36)}/IncomingWebhook/${chars(32, HEX)}»`,
  "Discord bot token": (chars) => `«M${chars(23)}.${chars(6)}.${chars(38)}»`,
  "Telegram bot token": (chars) => `«7${chars(9, DIGITS)}:${"A"}A${chars(33)}»`,
  "Twilio key": (chars) => `«${"S"}K${chars(32, HEX)}»`,
  "SendGrid key": (chars) => `«${"S"}G.${chars(22)}.${chars(43)}»`,
  "Mailgun key": (chars) => `«${"key"}-${chars(32, HEX)}»`,
  "Mailchimp key": (chars) => `«${chars(32, HEX)}-${"us"}14»`,
  "OpenAI key": (chars) => `«${"sk"}-proj-${chars(48)}»`,
  "Anthropic key": (chars) => `«${"sk"}-ant-api03-${chars(93)}AA»`,
  "Hugging Face token": (chars) => `«${"h"}f_${chars(34, LETTERS)}»`,
  "Databricks token": (chars) => `«${"da"}pi${chars(32, HEX)}»`,
  "Vault token": (chars) => `«${"hv"}s.${chars(26)}»`,
  "Grafana token": (chars) => `«${"gl"}sa_${chars(32)}_${chars(8, HEX)}»`,
  "Shopify token": (chars) => `«${"sh"}pat_${chars(32, HEX)}»`,
  "New Relic key": (chars) => `«${"NR"}AK-${chars(27, `${SMALL.toUpperCase()}${DIGITS}`)}»`,
  "Linear key": (chars) => `«${"lin"}_api_${chars(40)}»`,
  "Atlassian token": (chars) => `«${"AT"}ATT3${chars(60)}»`,
  "JSON Web Token": (chars) => `«${"ey"}J${chars(30)}.${"ey"}J${chars(60)}.${chars(43)}»`,
  "RSA private key": (chars) => `«-----BEGIN RSA ${"PRIVATE"} KEY»-----\n${chars(64)}\n${chars(64)}`,
  "PKCS 8 key": (chars) => `«-----BEGIN ${"PRIVATE"} KEY»-----\n${chars(64)}\n${chars(64)}`,
  "encrypted key": (chars) => `«-----BEGIN ENCRYPTED ${"PRIVATE"} KEY»-----\n${chars(64)}`,
  "EC key": (chars) => `«-----BEGIN EC ${"PRIVATE"} KEY»-----\n${chars(64)}`,
  "OpenSSH key": (chars) => `«-----BEGIN OPENSSH ${"PRIVATE"} KEY»-----\n${chars(70)}`,
  "OpenSSH key without its first line": (chars) => `«${"b3Blb"}nNzaC1rZXktdjE${chars(50)}»`,
  "PGP key": (chars) => `«-----BEGIN PGP ${"PRIVATE"} KEY» BLOCK-----\n${chars(64)}`,
  "PuTTY key": () => "«PuTTY-User-Key-File-3»: ssh-ed25519",
  "age key": (chars) => `«${"AGE"}-SECRET-KEY-1${chars(58, `${SMALL.toUpperCase()}${DIGITS}`)}»`,
  "VAPID private key": (chars) => `VAPID_PRIVATE_${"KEY"}=«${chars(42)}4»`,
  "password in YAML": (chars) => `pass${"word"}: «${chars(7)}9!${chars(3)}»`,
  "password in prose": (chars) => `the pass${"word"} was «${chars(6)}4${chars(3)}», which is known now`,
  "password in the environment": (chars) => `DB_PASS${"WORD"}=«${chars(12, SMALL)}»`,
  "token in a query": (chars) => `https://api.example.com/v1?access_${"token"}=«${chars(30)}»`,
  "signature in a query": (chars) => `https://files.example.com/a.zip?X-Amz-${"Signature"}=«a1${chars(62, HEX)}»`,
  "connection string": (chars) => `postgres://app:«${chars(12)}»@db.example.com:5432/app`,
  "connection string with key words": (chars) => `Server=db.example.com;User Id=app;Pass${"word"}=«${chars(11)}»;`,
  "basic auth in an address": (chars) => `https://deploy:«${chars(12)}»@git.example.com/app`,
  "basic auth header": (chars) => `Authorization: Basic «${btoa(`admin:${chars(14)}`)}»`,
  "bearer token": (chars) => `Authorization: ${"Bearer"} «${chars(39)}5»`,
  cookie: (chars) => `Set-${"Cookie"}: auth=«${chars(32)}»; Path=/`,
  "session id": (chars) => `JSESSION${"ID"}=«${chars(31)}7»`,
  "client secret in JSON": (chars) => `{"client_${"secret"}": "«${chars(32)}»"}`,
  "private JSON Web Key": (chars) => `{"kty":"OKP","${"d"}":"«${chars(43)}»"}`,
  "internal host": (chars) => `«db-${chars(5, SMALL)}.prod.${"inter"}nal»`,
  "corporate host": (chars) => `https://«git-${chars(5, SMALL)}.${"cor"}p»/wiki`,
  "local host": (chars) => `«nas-${chars(5, SMALL)}.${"loc"}al»`,
  "host in a cluster": (chars) => `«${chars(6, SMALL)}.payments.svc.cluster.${"loc"}al»:8080`,
  "host at AWS": (chars) => `«${chars(6, SMALL)}.c${chars(11, SMALL)}.eu-west-1.${"rd"}s.amazonaws.com»`,
  "private address": (chars) => `«10.${chars(1, "123456789")}7.4.2${chars(1, DIGITS)}»`,
  "home address": (chars) => `«192.${"168"}.3.1${chars(1, DIGITS)}»:22`,
  "carrier's address": (chars) => `«100.${"64"}.7.1${chars(1, DIGITS)}»`,
  "unique local address": (chars) => `«fd${chars(2, DIGITS)}:${chars(4, HEX)}:1::2${chars(1, DIGITS)}»`,
  "denied name": () => "«Project Blue Heron»",
};

export interface Planted {
  readonly name: string;
  /** What stands around the secret, with it. */
  readonly written: string;
  /** The secret itself, which nothing may print. */
  readonly secret: string;
  /** Where the secret begins in `written`. */
  readonly at: number;
}

export const DENY = ["Project Blue Heron"];

export const PLANTED: readonly Planted[] = Object.entries(MAKERS).map(([name, make], index) => {
  const marked = make(random(index + 1));
  const at = marked.indexOf("«");
  return { name, written: marked.replace(/[«»]/g, ""), secret: marked.slice(at + 1, marked.indexOf("»")), at };
});

/** The planted secret of this name. */
export function planted(name: string): Planted {
  const found = PLANTED.find((each) => each.name === name);
  if (!found) throw new Error(`Nothing is planted as “${name}”.`);
  return found;
}
