import type { Pattern } from "./pattern.ts";

const provider = (kind: string, what: string, source: string): Pattern => ({ kind, what, source });

/**
 * Tokens and keys that are known by how they look, beside those that secretlint knows. They are found even where they
 * are cut in two, so each must be long and odd enough to be no accident.
 */
export const TOKENS: readonly Pattern[] = [
  {
    kind: "aws-key",
    what: "An AWS access key",
    source: "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
    // The keys of AWS's own documentation open nothing.
    isReal: (key) => !key.endsWith("EXAMPLE"),
  },
  provider("google-key", "A Google API key", String.raw`AIza[\w-]{35}`),
  provider("google-token", "A Google OAuth secret", String.raw`GOCSPX-[\w-]{28}|ya29\.[\w-]{30,}`),
  provider("azure-key", "An Azure account key", "AccountKey=[A-Za-z0-9+/]{80,}={0,2}"),
  provider("azure-secret", "An Azure client secret", String.raw`[\w~.]{3}8Q~[\w~.-]{31,34}`),
  provider("digitalocean-token", "A DigitalOcean token", "do[opr]_v1_[a-f0-9]{64}"),
  provider("github-token", "A GitHub token", String.raw`gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,}`),
  provider("gitlab-token", "A GitLab token", String.raw`gl(?:pat|dt|rt|ptt|cbt|agent|ft|imt|oas|soat|ffct)-[\w-]{20,}`),
  provider("npm-token", "An npm token", "npm_[A-Za-z0-9]{36}"),
  provider("pypi-token", "A PyPI token", String.raw`pypi-Ag[\w-]{50,}`),
  provider("rubygems-token", "A RubyGems token", "rubygems_[a-f0-9]{48}"),
  provider("docker-token", "A Docker token", String.raw`dckr_[op]at_[\w-]{20,}`),
  provider("stripe-key", "A Stripe key", "[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,}"),
  provider("webhook-secret", "A webhook's signing secret", "whsec_[A-Za-z0-9+/]{20,}={0,2}"),
  provider("slack-token", "A Slack token", String.raw`xox[abeoprs]-[\w-]{12,}|xapp-\d-[\w-]{12,}`),
  provider(
    "chat-webhook",
    "A Slack webhook's address",
    String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/[\w/]{18,}`,
  ),
  provider(
    "chat-webhook",
    "A Discord webhook's address",
    String.raw`discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{15,}/[\w-]{20,}`,
  ),
  provider(
    "chat-webhook",
    "A Microsoft Teams webhook's address",
    String.raw`[\w-]+\.webhook\.office\.com/webhookb?2?/[\w@/-]{30,}|outlook\.office\.com/webhook/[\w@/-]{30,}`,
  ),
  provider(
    "chat-webhook",
    "A workflow's address with its signature",
    String.raw`(?:logic\.azure\.com|api\.powerplatform\.com)\S{0,300}[?&]sig=[\w%-]{20,}`,
  ),
  provider(
    "chat-webhook",
    "A Google Chat webhook's address",
    String.raw`chat\.googleapis\.com/v1/spaces/\S{1,100}[?&]key=[\w%=&-]{20,}`,
  ),
  provider("discord-token", "A Discord bot's token", String.raw`[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}`),
  provider("telegram-token", "A Telegram bot's token", String.raw`\d{8,10}:AA[\w-]{32,33}`),
  provider("twilio-key", "A Twilio key", "SK[0-9a-f]{32}"),
  provider("sendgrid-key", "A SendGrid key", String.raw`SG\.[\w-]{16,32}\.[\w-]{32,64}`),
  provider("mailgun-key", "A Mailgun key", "key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}"),
  provider("mailchimp-key", "A Mailchimp key", String.raw`[0-9a-f]{32}-us\d{1,2}`),
  provider("brevo-key", "A Brevo key", String.raw`xkeysib-[a-f0-9]{64}-\w{16}`),
  provider("openai-key", "An OpenAI key", String.raw`sk-(?:proj|svcacct|admin)-[\w-]{20,}|sk-\w{20}T3BlbkFJ\w{20}`),
  provider("anthropic-key", "An Anthropic key", String.raw`sk-ant-[\w-]{20,}`),
  provider("hugging-face-token", "A Hugging Face token", "hf_[A-Za-z]{34}"),
  provider("databricks-token", "A Databricks token", "dapi[0-9a-f]{32}"),
  provider("vault-token", "A Vault token", String.raw`hv[bsr]\.[\w-]{24,}`),
  provider("terraform-token", "A Terraform token", String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}`),
  provider("grafana-token", "A Grafana token", String.raw`glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[\w+/=]{32,}`),
  provider("sentry-token", "A Sentry token", String.raw`sntry[su]_[\w+/=-]{40,}`),
  provider("new-relic-key", "A New Relic key", "NRAK-[A-Z0-9]{27}"),
  provider("linear-key", "A Linear key", "lin_api_[A-Za-z0-9]{40}"),
  provider("notion-token", "A Notion token", "ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}"),
  provider("figma-token", "A Figma token", String.raw`fig[do]_[\w-]{40}`),
  provider("atlassian-token", "An Atlassian token", String.raw`ATATT3[\w=-]{50,}`),
  provider("shopify-token", "A Shopify token", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
  provider("square-token", "A Square token", String.raw`sq0(?:atp|csp)-[\w-]{22,}`),
  provider("tailscale-key", "A Tailscale key", String.raw`tskey-[a-z]+-\w{8,}(?:-\w+)?`),
  provider("doppler-token", "A Doppler token", String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,}`),
  provider("planetscale-token", "A PlanetScale password", String.raw`pscale_(?:tkn|pw|oauth)_[\w.-]{32,}`),
  provider("heroku-key", "A Heroku key", String.raw`HRKU-[\w-]{36,}`),
  provider("jwt", "A JSON Web Token", String.raw`eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*`),
  provider("1password-token", "A 1Password token", String.raw`ops_eyJ[\w-]{40,}`),
];

/** How tokens begin, or what is odd in them: a text without any of these has none. */
export const TOKENS_BEGIN =
  /A[KSBC][IC]A[A-Z2-7]{4}|AIza|GOCSPX-|ya29\.|AccountKey=|8Q~|do[opr]_v1|gh[pousr]_|github_pat|gl[a-z]{2,5}-\w|npm_|pypi-|rubygems_|dckr_|[rs]k_[ltp]|whsec_|xox[a-z]-|xapp-|hooks\.slack|discord(?:app)?\.com\/api|webhook|[?&]sig=|chat\.googleapis|[MNO][\w-]{20}|:AA|SK[\da-f]{8}|SG\.|key-[\da-f]{8}|[\da-f]{32}-|xkeysib|sk-|hf_|dapi|hv[bsr]\.|atlasv1|gl(?:sa|c)_|sntry|NRAK-|lin_api|ntn_|secret_|fig[do]_|ATATT|shp[a-z]{2}_|sq0|tskey|dp\.|pscale|HRKU|eyJ/;

/** What begins a private key, in words or in base64. */
export const KEYS_BEGIN = /BEGIN|PRIVATE|b3BlbnNz|PuTTY|AGE-SECRET|lQ[OPVWcd][A-Za-z0-9+/]{3}|"d"/;

/** Keys in files of their own, whole or in part: the first line alone says enough. */
export const PRIVATE_KEYS: readonly Pattern[] = [
  provider("private-key", "A private key", String.raw`-{2,}\s*BEGIN[A-Z\d\s]{0,30}?PRIVATE\s*KEY`),
  provider("private-key", "A PGP private key", "lQ[OPVWcd][A-Za-z0-9+/]{3}[A-Za-z0-9+/\\s]{200,}"),
  provider("private-key", "An OpenSSH private key", "b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]{10,}"),
  provider("private-key", "A PuTTY private key", String.raw`PuTTY-User-Key-File-\d`),
  provider("private-key", "An age key", "AGE-SECRET-KEY-1[A-Z0-9]{20,}"),
  provider("private-key", "A private JSON Web Key", String.raw`"d"\s*:\s*"(?<secret>[\w-]{40,})"`),
];
