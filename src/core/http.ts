// The way out to the networks, as a platform is handed it.

/** HTTP to the outside, with private addresses refused after DNS and on every redirect (unless allowed by name). */
export interface Http {
  fetch: typeof globalThis.fetch;
  /** The undici dispatcher behind `fetch`, for clients that make their own requests and take one in their request options. */
  dispatcher: unknown;
  /**
   * The same way out, on which every request asks directly before its first byte leaves, when its connection stands already. Where
   * `mayLeave` throws, nothing leaves, and the request fails with that error or one that has it as its cause.
   */
  asking?: (mayLeave: () => void) => Http;
}
