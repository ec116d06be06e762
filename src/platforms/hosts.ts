// Where a network's servers are: several hosts for the real one, and a single address for an emulated one. Makes no request.

/**
 * @param home the address accounts of the real network have as their `service`: `https://x.com`
 * @param hosts base URLs without a slash at the end, by what they are for
 */
export const openHosts =
  <Name extends string>(home: string, hosts: Readonly<Record<Name, string>>) =>
  (service: string): Readonly<Record<Name, string>> => {
    if (service === home) return hosts;
    const all: Record<Name, string> = { ...hosts };
    for (const name in hosts) all[name] = service;
    return all;
  };
