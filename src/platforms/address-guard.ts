// Which network addresses may be contacted: public ones, and those the operator allowed by name. Knows nothing of HTTP.
import ipaddr from 'ipaddr.js';
import { CrierError } from '../core/errors.ts';

export interface Target {
  /** As it was asked for: a name, or an address without brackets. */
  hostname: string;
  port: number;
}

export interface AddressGuard {
  /** Whether this address may be connected to for this target. */
  allows: (target: Target, address: string) => boolean;
}

interface AllowedHost {
  host: string;
  /** Null: every port. */
  port: number | null;
}

// Azure's host agent answers on a public address from inside every virtual machine; checked 2026-11-22,
// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
const PUBLIC_BUT_INTERNAL = new Set(['168.63.129.16']);

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

function readAllowedHost(entry: string): AllowedHost {
  if (ipaddr.isValid(bare(entry))) return { host: bare(entry), port: null };
  const match = /^(.+):(\d{1,5})$/.exec(entry);
  return match ? { host: bare(match[1] ?? ''), port: Number(match[2]) } : { host: bare(entry), port: null };
}

/** Whether the internet at large can route to it; mapped IPv4 counts as the IPv4 address it stands for. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !PUBLIC_BUT_INTERNAL.has(parsed.toString());
}

/**
 * @param allowed entries of `CRIER_ALLOW_PRIVATE_HOSTS`: `host`, `host:port`, an address, or a CIDR range.
 */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const entries = allowed.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const ranges = entries.filter((entry) => ipaddr.isValidCIDR(entry)).map((entry) => ipaddr.parseCIDR(entry));
  const hosts = entries.filter((entry) => !ipaddr.isValidCIDR(entry)).map(readAllowedHost);

  const isNamed = (host: string, port: number): boolean =>
    hosts.some((allowedHost) => allowedHost.host === bare(host) && (allowedHost.port === null || allowedHost.port === port));
  const isInRange = (address: string): boolean => {
    const parsed = ipaddr.process(address);
    return ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match([base, bits]));
  };

  return {
    allows: ({ hostname, port }, address) =>
      isPublicAddress(address) ||
      isNamed(hostname, port) ||
      (ipaddr.isValid(address) && (isNamed(ipaddr.process(address).toString(), port) || isInRange(address))),
  };
}

/** What a person is told when something real is wanted while the networks are emulated. */
export const notEmulated = ({ hostname, port }: Target): CrierError =>
  new CrierError(
    'invalid-input',
    `Crier runs with emulated networks, so nothing goes to ${hostname}. Start it with MOCK_SOCIAL=false for the real ones.`,
    { meta: { hostname, port } },
  );

/** What a person is told when an address is refused. */
export const refusal = ({ hostname, port }: Target): CrierError =>
  new CrierError(
    'invalid-input',
    `${hostname} is on a private network, which Crier does not contact. If it is yours, allow it by adding ` +
      `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port} to CRIER_ALLOW_PRIVATE_HOSTS.`,
    { meta: { hostname, port } },
  );
