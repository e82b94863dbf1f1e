// Generated from the schemas by `npm run docs`; do not edit.

/** What `edgeDistributionConfig` takes: fields with defaults may be left out. */
export interface EdgeDistributionInput {
  /**
   * What the distribution is for.
   *
   * Takes `string of at most 128 characters`.
   *
   * @defaultValue `""`
   */
  readonly comment?: string;
  /**
   * Domain names of the distribution. Each gets an alias record, and one certificate covers all of them.
   *
   * Takes `list of string of at most 253 characters, at most 100 entries`.
   *
   * @defaultValue `[]`
   */
  readonly aliases?: readonly string[];
  /**
   * Edge locations to use. PriceClass_100 is North America, Europe and Israel; PriceClass_All is everywhere.
   *
   * @defaultValue `"PriceClass_100"`
   */
  readonly priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  /**
   * Behavior for every path that no other pattern matches.
   *
   * @defaultValue `{}`
   */
  readonly defaultBehavior?: {
    /**
     * read: GET, HEAD and OPTIONS, which fail over between regions. all: every method, served by home only.
     *
     * @defaultValue `"all"`
     */
    readonly methods?: "read" | "all";
    /** What the cache key contains and how long responses are kept. Omit it to disable caching. */
    readonly caching?: {
      /**
       * Shortest time to keep a response in the cache, in seconds.
       *
       * Takes `integer 0..31536000`.
       *
       * @defaultValue `0`
       */
      readonly minTtlSeconds?: number;
      /**
       * Time to keep responses without Cache-Control in the cache, in seconds.
       *
       * Takes `integer 0..31536000`.
       *
       * @defaultValue `60`
       */
      readonly defaultTtlSeconds?: number;
      /**
       * Longest time to keep a response in the cache, in seconds.
       *
       * Takes `integer 1..31536000`.
       *
       * @defaultValue `3600`
       */
      readonly maxTtlSeconds?: number;
      /**
       * Query strings that are part of the cache key.
       *
       * @defaultValue `"all"`
       */
      readonly queryStrings?: "none" | "all" | readonly string[];
      /**
       * Headers that are part of the cache key. Include Authorization if responses are personal.
       *
       * Takes `list of string, at most 10 entries`.
       *
       * @defaultValue `[]`
       */
      readonly headers?: readonly string[];
      /**
       * Cookies that are part of the cache key.
       *
       * @defaultValue `"none"`
       */
      readonly cookies?: "none" | "all" | readonly string[];
    };
    /** Headers that reach the origin in addition to those in the cache key. Defaults to none with caching and allExceptHost without. */
    readonly viewerHeaders?: "none" | "viewerCountry" | "allExceptHost" | "allAndViewerCountry";
    /**
     * At most one edge function per event.
     *
     * @defaultValue `{}`
     */
    readonly functions?: {
      /** Runs for every request, before CloudFront looks into its cache. */
      readonly "viewer-request"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs for requests that the cache does not answer, before they go to an origin. */
      readonly "origin-request"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs when an origin has answered, before the answer is cached. */
      readonly "origin-response"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs for every answer, cached ones included, before the viewer gets it. */
      readonly "viewer-response"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
    };
  };
  /**
   * Behaviors for specific paths, in order of precedence.
   *
   * @defaultValue `[]`
   */
  readonly behaviors?: readonly {
    /**
     * read: GET, HEAD and OPTIONS, which fail over between regions. all: every method, served by home only.
     *
     * @defaultValue `"all"`
     */
    readonly methods?: "read" | "all";
    /** What the cache key contains and how long responses are kept. Omit it to disable caching. */
    readonly caching?: {
      /**
       * Shortest time to keep a response in the cache, in seconds.
       *
       * Takes `integer 0..31536000`.
       *
       * @defaultValue `0`
       */
      readonly minTtlSeconds?: number;
      /**
       * Time to keep responses without Cache-Control in the cache, in seconds.
       *
       * Takes `integer 0..31536000`.
       *
       * @defaultValue `60`
       */
      readonly defaultTtlSeconds?: number;
      /**
       * Longest time to keep a response in the cache, in seconds.
       *
       * Takes `integer 1..31536000`.
       *
       * @defaultValue `3600`
       */
      readonly maxTtlSeconds?: number;
      /**
       * Query strings that are part of the cache key.
       *
       * @defaultValue `"all"`
       */
      readonly queryStrings?: "none" | "all" | readonly string[];
      /**
       * Headers that are part of the cache key. Include Authorization if responses are personal.
       *
       * Takes `list of string, at most 10 entries`.
       *
       * @defaultValue `[]`
       */
      readonly headers?: readonly string[];
      /**
       * Cookies that are part of the cache key.
       *
       * @defaultValue `"none"`
       */
      readonly cookies?: "none" | "all" | readonly string[];
    };
    /** Headers that reach the origin in addition to those in the cache key. Defaults to none with caching and allExceptHost without. */
    readonly viewerHeaders?: "none" | "viewerCountry" | "allExceptHost" | "allAndViewerCountry";
    /**
     * At most one edge function per event.
     *
     * @defaultValue `{}`
     */
    readonly functions?: {
      /** Runs for every request, before CloudFront looks into its cache. */
      readonly "viewer-request"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs for requests that the cache does not answer, before they go to an origin. */
      readonly "origin-request"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs when an origin has answered, before the answer is cached. */
      readonly "origin-response"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
      /** Runs for every answer, cached ones included, before the viewer gets it. */
      readonly "viewer-response"?: {
        /** Name of one of the distribution's edge functions. */
        readonly function: string;
        /**
         * Passes the request body to the function. Only for request events.
         *
         * @defaultValue `false`
         */
        readonly includeBody?: boolean;
      };
    };
    /** Path pattern, such as "/catalog/*". The first match wins. */
    readonly pathPattern: string;
  }[];
  /**
   * Status codes of the home region after which a read is retried in the standby.
   *
   * @defaultValue `[500,502,503,504]`
   */
  readonly failoverStatusCodes?: readonly (400 | 403 | 404 | 416 | 429 | 500 | 502 | 503 | 504)[];
  /**
   * How long CloudFront waits for an origin.
   *
   * @defaultValue `{}`
   */
  readonly origin?: {
    /**
     * Connection attempts before the origin counts as failed.
     *
     * Takes `integer 1..3`.
     *
     * @defaultValue `2`
     */
    readonly connectionAttempts?: number;
    /**
     * Longest wait for a connection, in seconds.
     *
     * Takes `integer 1..10`.
     *
     * @defaultValue `3`
     */
    readonly connectionTimeoutSeconds?: number;
    /**
     * Longest wait for a response, in seconds. An HTTP API gives up after 30.
     *
     * Takes `integer 1..60`.
     *
     * @defaultValue `30`
     */
    readonly readTimeoutSeconds?: number;
    /**
     * How long idle connections are kept open, in seconds.
     *
     * Takes `integer 1..60`.
     *
     * @defaultValue `5`
     */
    readonly keepaliveTimeoutSeconds?: number;
  };
  /**
   * Countries that may or may not use the distribution.
   *
   * @defaultValue `{}`
   */
  readonly geoRestriction?: {
    /**
     * whitelist: only the countries in locations may use the distribution. blacklist: all others may.
     *
     * @defaultValue `"none"`
     */
    readonly restrictionType?: "none" | "whitelist" | "blacklist";
    /**
     * Two-letter country codes, as in ISO 3166-1.
     *
     * @defaultValue `[]`
     */
    readonly locations?: readonly string[];
  };
  /**
   * Security headers for every response; they override the origin's.
   *
   * @defaultValue `{}`
   */
  readonly responseHeaders?: {
    /**
     * Content-Security-Policy; the default suits APIs.
     *
     * @defaultValue `"default-src 'none'; frame-ancestors 'none'"`
     */
    readonly contentSecurityPolicy?: string;
    /**
     * How long browsers must use HTTPS only, in days.
     *
     * Takes `integer 180..3650`.
     *
     * @defaultValue `730`
     */
    readonly strictTransportSecurityDays?: number;
    /**
     * Applies HTTPS only to subdomains too.
     *
     * @defaultValue `true`
     */
    readonly includeSubdomains?: boolean;
    /**
     * Allows the domain on browsers' HTTPS-only preload lists. Hard to undo.
     *
     * @defaultValue `false`
     */
    readonly preload?: boolean;
    /**
     * How much of its own address a page sends to others, in the header Referer.
     *
     * @defaultValue `"no-referrer"`
     */
    readonly referrerPolicy?: "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin";
    /**
     * Whether pages may be in a frame: of none, or of pages of the same origin. X-Frame-Options.
     *
     * @defaultValue `"DENY"`
     */
    readonly frameOptions?: "DENY" | "SAMEORIGIN";
    /** What pages may use of a browser, "camera=(), geolocation=()". Permissions-Policy. */
    readonly permissionsPolicy?: string;
    /**
     * Further headers, such as Cross-Origin-Resource-Policy.
     *
     * @defaultValue `{}`
     */
    readonly add?: { readonly [name: string]: string };
    /**
     * Headers of the origin that viewers do not get, such as Server or X-Powered-By.
     *
     * Takes `list of string, at most 10 entries`.
     *
     * @defaultValue `[]`
     */
    readonly remove?: readonly string[];
  };
  /**
   * Days until access logs are deleted.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `90`
   */
  readonly accessLogRetentionDays?: number;
  /**
   * Waits a few minutes until every edge location has the change, so that later steps can rely on it.
   *
   * @defaultValue `true`
   */
  readonly waitForDeployment?: boolean;
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
  };
}

/** What `originRoutingConfig` takes: fields with defaults may be left out. */
export interface OriginRoutingInput {
  /**
   * Two-letter codes of the countries whose viewers are sent to the standby region first.
   *
   * @defaultValue `[]`
   */
  readonly standbyCountries?: readonly string[];
  /**
   * Regional edge caches that try the standby first when the viewer's country is unknown.
   *
   * @defaultValue `[]`
   */
  readonly standbyEdgeRegions?: readonly ("af-south-1" | "ap-east-1" | "ap-east-2" | "ap-northeast-1" | "ap-northeast-2" | "ap-northeast-3" | "ap-south-1" | "ap-south-2" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "ap-southeast-6" | "ap-southeast-7" | "ca-central-1" | "ca-west-1" | "eu-central-1" | "eu-central-2" | "eu-north-1" | "eu-south-1" | "eu-south-2" | "eu-west-1" | "eu-west-2" | "eu-west-3" | "il-central-1" | "me-central-1" | "me-south-1" | "mx-central-1" | "sa-east-1" | "us-east-1" | "us-east-2" | "us-west-1" | "us-west-2" | "cn-north-1" | "cn-northwest-1" | "us-gov-east-1" | "us-gov-west-1")[];
  /**
   * Where POST, PUT, PATCH and DELETE go. Use nearest only if the data accepts writes in both regions.
   *
   * @defaultValue `"home"`
   */
  readonly writes?: "home" | "nearest";
}

