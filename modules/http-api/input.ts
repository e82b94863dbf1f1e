// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion, LogRetentionDays } from "../core";

/** What `httpApiConfig` takes: fields with defaults may be left out. */
export interface HttpApiInput {
  /** Routes by route key, such as "POST /orders", "GET /orders/{id}" or "$default". */
  readonly routes: { readonly [name: string]: {
    /**
     * Who may call the route: AWS principals with signed requests (AWS_IAM), holders of a token (JWT), whom a function of yours lets in (CUSTOM), or everyone (NONE).
     *
     * @defaultValue `"AWS_IAM"`
     */
    readonly authorization?: "AWS_IAM" | "JWT" | "CUSTOM" | "NONE";
    /** Name of the authorizer: one of authorizers with JWT, one of lambdaAuthorizers with CUSTOM. */
    readonly authorizer?: string;
    /** Scopes; the token must have at least one of them. Only with JWT. */
    readonly scopes?: readonly string[];
    /** Throttling of this route, instead of that of the API. */
    readonly throttle?: {
      /**
       * Requests per second. The account's default quota is 10,000, in newer regions 2,500, for all APIs together.
       *
       * Takes `number 0..1000000`.
       */
      readonly rateLimit: number;
      /**
       * Concurrent requests in a burst. The account's default quota is 5,000.
       *
       * Takes `integer 0..5000`.
       */
      readonly burstLimit: number;
    };
    /**
     * Name of the route in its Terraform address, if the derived name is already used by another route.
     *
     * Takes `string of at most 64 characters`.
     */
    readonly id?: string;
  } };
  /**
   * Throttling of routes that have no setting of their own.
   *
   * @defaultValue `{"rateLimit":100,"burstLimit":100}`
   */
  readonly throttle?: {
    /**
     * Requests per second. The account's default quota is 10,000, in newer regions 2,500, for all APIs together.
     *
     * Takes `number 0..1000000`.
     */
    readonly rateLimit: number;
    /**
     * Concurrent requests in a burst. The account's default quota is 5,000.
     *
     * Takes `integer 0..5000`.
     */
    readonly burstLimit: number;
  };
  /**
   * How long the API waits for the function, in milliseconds.
   *
   * Takes `integer 50..30000`.
   *
   * @defaultValue `30000`
   */
  readonly timeoutMs?: number;
  /**
   * JWT authorizers by name.
   *
   * @defaultValue `{}`
   */
  readonly authorizers?: { readonly [name: string]: {
    /** Issuer of the tokens. API Gateway reads its openid-configuration. */
    readonly issuer: string;
    /** Allowed values of aud or client_id; the token must have one of them. */
    readonly audience: readonly string[];
  } };
  /**
   * Functions that decide who may call, by name; they are asked in payload format 2.0.
   *
   * @defaultValue `{}`
   */
  readonly lambdaAuthorizers?: { readonly [name: string]: {
    /**
     * A service of the environment, whose function of the same region decides. Either this or functionArn.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly service?: string;
    /**
     * A function that is there already, in each region: arn:{partition}:lambda:{region}:{account}:function:authorizer:live. API Gateway calls it as a role that may do only that. Either this or service.
     *
     * Takes `string of at most 200 characters`.
     */
    readonly functionArn?: string;
    /**
     * What of a request says who sends it. API Gateway answers 401 itself where one of them is missing; answers are cached by all of them.
     *
     * Takes `list of string, at most 10 entries`.
     *
     * @defaultValue `["$request.header.Authorization"]`
     */
    readonly identitySources?: readonly string[];
    /**
     * How long an answer is cached, in seconds. 0 asks the function for every request.
     *
     * Takes `integer 0..3600`.
     *
     * @defaultValue `0`
     */
    readonly resultTtlSeconds?: number;
    /**
     * What the function answers: isAuthorized, true or false (simple), or an IAM policy.
     *
     * @defaultValue `"simple"`
     */
    readonly response?: "simple" | "policy";
  } };
  /** Which pages on other domains may call the API from a browser; none if left out. */
  readonly cors?: {
    /** Origins of the pages that may call the API. */
    readonly allowOrigins: readonly string[];
    /** Methods that those pages may use. */
    readonly allowMethods: readonly ("DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "*")[];
    /**
     * Request headers that those pages may send.
     *
     * @defaultValue `[]`
     */
    readonly allowHeaders?: readonly string[];
    /**
     * Response headers that those pages may read.
     *
     * @defaultValue `[]`
     */
    readonly exposeHeaders?: readonly string[];
    /**
     * Whether browsers send cookies and authorization headers.
     *
     * @defaultValue `false`
     */
    readonly allowCredentials?: boolean;
    /**
     * How long browsers cache a preflight response, in seconds.
     *
     * Takes `integer 0..86400`.
     *
     * @defaultValue `300`
     */
    readonly maxAgeSeconds?: number;
  };
  /**
   * Custom domain. It disables the default endpoint.
   *
   * Takes `string of at most 253 characters`.
   */
  readonly domainName?: string;
  /** Asks clients for a certificate, of an authority in the truststore of the region; by region. Only with domainName. */
  readonly mutualTls?: { readonly [K in AwsRegion]?: {
    /**
     * The truststore: a PEM file in S3 with the certificates of the authorities whose clients may call.
     *
     * Takes `string of at most 1024 characters`.
     */
    readonly truststoreUri: string;
    /**
     * Version of the S3 object. A new truststore is a new version here, so nobody adds an authority without a plan.
     *
     * Takes `string of at most 1024 characters`.
     */
    readonly truststoreVersion: string;
  } };
  /**
   * IP address types that clients may use.
   *
   * @defaultValue `"ipv4"`
   */
  readonly ipAddressType?: "ipv4" | "dualstack";
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Percentage of responses with a 5xx status.
     *
     * Takes `number 0.., below 100`.
     *
     * @defaultValue `1`
     */
    readonly serverErrorPercent?: number;
    /**
     * Percentage of responses with a 4xx status; no alarm by default.
     *
     * Takes `number 0.., below 100`.
     */
    readonly clientErrorPercent?: number;
    /**
     * Requests in five minutes below which percentages are ignored.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `20`
     */
    readonly minimumRequests?: number;
    /**
     * 99th percentile (p99) of the latency, in milliseconds.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `3000`
     */
    readonly latencyMs?: number;
  };
}

