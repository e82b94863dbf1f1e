/** A form that only secrets have, at the beginning of a word. */
interface SecretForm {
  /** Completes "holds …". */
  readonly what: string;
  /** Anchored at its beginning, so that it takes linear time. */
  readonly pattern: RegExp;
}

const form = (what: string, pattern: RegExp): SecretForm => ({ what, pattern });

/**
 * Forms of credentials that their makers begin with a prefix of their own, in words of letters, digits, `_` and `-`.
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
export const wordForms: readonly SecretForm[] = [
  form("an access key of AWS", /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}$/),
  form("a token of GitHub", /^gh[pousr]_[A-Za-z0-9]{36}/),
  form("a token of GitHub", /^github_pat_\w{60}/),
  form("a token of GitLab", /^gl(?:pat|ptt|dt|rt|cbt|soat|ft)-[\w-]{20}/),
  form("a token of Slack", /^xox[abeoprs]-[\w-]{10}/),
  form("a token of Slack", /^xapp-\d-[\w-]{10}/),
  form("a key of Stripe", /^[sr]k_(?:live|test|prod)_[A-Za-z0-9]{8}/),
  form("a webhook secret of Stripe", /^whsec_[A-Za-z0-9]{20}/),
  form("a token of npm", /^npm_[A-Za-z0-9]{36}/),
  form("a token of PyPI", /^pypi-AgEI[\w-]{40}/),
  form("a token of Docker", /^dckr_(?:pat|oat)_[\w-]{20}/),
  form("an API key of Google", /^AIza[\w-]{35}/),
  form("a client secret of Google", /^GOCSPX-[\w-]{20}/),
  form("a key of OpenAI", /^sk-(?:proj-|svcacct-|admin-)?[\w-]{40}/),
  form("a key of Anthropic", /^sk-ant-[\w-]{20}/),
  form("a token of Hugging Face", /^hf_[A-Za-z]{34}/),
  form("a key of Twilio", /^SK[0-9a-f]{32}$/),
  form("a key of Mailgun", /^key-[0-9a-f]{32}$/),
  form("a key of Mailchimp", /^[0-9a-f]{32}-us\d{1,2}$/),
  form("a token of Shopify", /^shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/),
  form("a token of Square", /^(?:EAAA|sq0csp-)[\w-]{40}/),
  form("a token of DigitalOcean", /^do[opr]_v1_[0-9a-f]{64}/),
  form("a token of Databricks", /^dapi[0-9a-f]{32}/),
  form("a token of Grafana", /^(?:glsa|glc)_[\w-]{32}/),
  form("a key of New Relic", /^NRAK-[A-Z0-9]{27}/),
  form("a key of Linear", /^lin_api_[A-Za-z0-9]{40}/),
  form("a key of Postman", /^PMAK-[0-9a-f]{24}-[0-9a-f]{34}/),
  form("a token of PlanetScale", /^pscale_(?:tkn|pw|oauth)_[\w-]{32}/),
  form("a token of Sentry", /^sntry[su]_[\w-]{40}/),
  form("a key of age", /^AGE-SECRET-KEY-1[A-Z0-9]{58}/),
];

/** The same in words that may also have dots in them. */
export const dottedForms: readonly SecretForm[] = [
  form("a JSON Web Token", /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./),
  form("a token of Vault", /^hv[sbr]\.[\w-]{24}/),
  form("a token of Vault", /^s\.[A-Za-z0-9]{24}$/),
  form("a key of SendGrid", /^SG\.[\w-]{22}\.[\w-]{43}/),
  form("a token of HCP Terraform", /^[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60}/),
  form("a token of Doppler", /^dp\.(?:pt|st|ct|sa|scim|audit)\.[\w-]{40}/),
  form("a token of a Discord bot", /^[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}$/),
];

/** A value that stands for another one and is filled in elsewhere: `{{password}}`, `<password>`, `${PASSWORD}`, `***`. */
const placeholder = "(?![{<$%*]|x{3})";

/**
 * Forms that are recognized by what stands around them. Each begins with a text that cannot be in what it repeats, so that
 * it takes linear time.
 */
export const textForms: readonly SecretForm[] = [
  form("a private key", /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/),
  form("a user name and a password in a URL", new RegExp(String.raw`://[^\s/:@?#]*:${placeholder}[^\s/@]+@`)),
  form(
    "a password in a connection string",
    new RegExp(
      String.raw`\b(?:password|passwd|pwd|passphrase|accountkey|sharedaccesskey|sharedaccesssignature|(?:aws_)?secret_?access_?key|client_secret|api_?key|access_token)\s{0,8}=\s{0,8}["']?${placeholder}[^\s;&"']{3}`,
      "i",
    ),
  ),
  form(
    "a password in SQL",
    new RegExp(String.raw`\b(?:password|identified\s{1,8}by)\s{1,8}'${placeholder}[^'\s]{3}`, "i"),
  ),
  form("a webhook address of Slack", /hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6}/),
  form("a webhook address of Microsoft Teams", /\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@/),
  form("a webhook address of Discord", /discord(?:app)?\.com\/api\/webhooks\/\d{15,20}\/[\w-]{60}/),
  // Shared access signatures of Azure, which also sign addresses of Logic Apps and Teams.
  form("a signature in a URL", /[?&]sig=[\w%+/-]{40}/),
];

/** What follows the name of an HTTP authorization scheme: `Bearer …`, `Basic …`. */
export const authorizationForm = /\b(?:Bearer|Basic)\s{1,4}([A-Za-z0-9+/_.=-]{16,200})/g;
