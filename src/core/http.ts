// The way out to the networks, as a platform is handed it.

/** HTTP to the outside, with private addresses refused after DNS and on every redirect (unless allowed by name). */
export interface Http {
  fetch: typeof globalThis.fetch;
  /** The undici dispatcher behind `fetch`, for clients that make their own requests and take one in their request options. */
  dispatcher: unknown;
}
