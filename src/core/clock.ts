// Where the time comes from. The rules never ask the machine; whoever calls them hands a clock in.

export interface Clock {
  now: () => Temporal.Instant;
}
