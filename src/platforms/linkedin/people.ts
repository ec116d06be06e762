// Whose login it is, and which organizations (Pages) that member is an admin of. It logs nobody in.
import { z } from 'zod';
import type { OAuthApp } from '../../core/oauth.ts';
import type { ConnectContext } from '../../core/platform.ts';
import { type ApiRequest, ask } from '../api.ts';
import { hostsOf, restHeaders } from './client.ts';

export interface Entity {
  urn: string;
  name: string;
}

interface Asker {
  service: string;
  app: OAuthApp;
  accessToken: string;
  context: ConnectContext;
}

/**
 * OpenID Connect's own answer; `sub` is the member's id:
 * https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 (unverified).
 */
const UserInfo = z.object({ sub: z.string().min(1), name: z.string().min(1) });

/** https://learn.microsoft.com/en-us/linkedin/shared/integrations/people/profile-api (unverified). */
const Me = z.object({
  id: z.string().min(1),
  localizedFirstName: z.string().default(''),
  localizedLastName: z.string().default(''),
});

const memberUrn = (id: string): string => `urn:li:person:${id}`;

/** By OpenID Connect where the login has `profile`, else by the profile that apps of the Community Management API may read. */
export async function readMember({ service, accessToken, context }: Asker, scopes: readonly string[]): Promise<Entity> {
  const { api } = hostsOf(service);
  if (scopes.includes('profile')) {
    const { sub, name } = await ask(context, { url: `${api}/v2/userinfo`, bearer: accessToken }, UserInfo);
    return { urn: memberUrn(sub), name };
  }
  const headers = { 'x-restli-protocol-version': '2.0.0' };
  const me = await ask(context, { url: `${api}/v2/me`, bearer: accessToken, headers }, Me);
  return { urn: memberUrn(me.id), name: `${me.localizedFirstName} ${me.localizedLastName}`.trim() || 'LinkedIn member' };
}

/** `organization`, as current versions call it, or one of the names of earlier ones. */
const Acl = z.object({
  organization: z.string().optional(),
  organizationTarget: z.string().optional(),
  organizationalTarget: z.string().optional(),
});
const Acls = z.object({ elements: z.array(Acl) });
const Organization = z.object({ localizedName: z.string().min(1) });

/**
 * Those where the member is an approved admin, up to a hundred, each with its name:
 * https://learn.microsoft.com/en-us/linkedin/compliance/integrations/organizations/organization-access-control, checked 2026-11-22.
 * One by one, since apps that are still in development may not ask for several at once.
 */
export async function readOrganizations(asker: Asker): Promise<Entity[]> {
  const { context } = asker;
  const query = { q: 'roleAssignee', role: 'ADMINISTRATOR', state: 'APPROVED', count: '100' };
  const { elements } = await ask(context, requestBy(asker, 'organizationAcls', { query }), Acls);
  const urns = elements.map((acl) => acl.organization ?? acl.organizationTarget ?? acl.organizationalTarget ?? '');
  const organizations: Entity[] = [];
  for (const urn of new Set(urns.filter((each) => each.startsWith('urn:li:organization:')))) {
    const id = encodeURIComponent(urn.slice('urn:li:organization:'.length));
    const { localizedName } = await ask(context, requestBy(asker, `organizations/${id}`), Organization);
    organizations.push({ urn, name: localizedName });
  }
  return organizations;
}

const requestBy = ({ service, app, accessToken }: Asker, path: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  ...more,
  url: `${hostsOf(service).api}/rest/${path}`,
  bearer: accessToken,
  headers: restHeaders(app),
});
