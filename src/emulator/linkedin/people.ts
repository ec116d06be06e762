// Who somebody is (OpenID Connect and the profile), and which organizations they are an admin of.
// https://learn.microsoft.com/en-us/linkedin/compliance/integrations/organizations/organization-access-control (checked 2026-11-22)
import type { Context } from 'hono';
import type { EmulatorApp } from '../network.ts';
import { authorize, refuse, requireProtocol, requireVersion } from './api.ts';
import { type Entity, idIn, isPage, type LinkedInState } from './state.ts';

const ADMIN_SCOPES = ['rw_organization_admin', 'r_organization_admin'];

export function mountPeople(app: EmulatorApp, state: LinkedInState): void {
  const { entities, grants } = state;
  const caller = (c: Context, resource: string, anyOf: readonly string[]): Entity => {
    const { accountId } = authorize(c, grants, resource, anyOf);
    const member = entities.get(accountId);
    if (!member) throw refuse(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
    return member;
  };

  app.get('/v2/userinfo', (c) => {
    const { id, name } = caller(c, 'userinfo.GET', ['profile']);
    const [given_name = '', family_name = ''] = name.split(' ');
    return c.json({ sub: idIn(id), name, given_name, family_name, locale: { country: 'US', language: 'en' } });
  });

  app.get('/v2/me', (c) => {
    requireProtocol(c);
    const { id, name } = caller(c, 'me.GET', ['r_basicprofile']);
    const [localizedFirstName = '', localizedLastName = ''] = name.split(' ');
    return c.json({ id: idIn(id), localizedFirstName, localizedLastName, vanityName: name.toLowerCase().replaceAll(' ', '-') });
  });

  app.get('/rest/organizationAcls', (c) => {
    requireVersion(c);
    const { id } = caller(c, 'organizationAcls.FINDER-roleAssignee', ADMIN_SCOPES);
    const { q, role = 'ADMINISTRATOR', state: asked = 'APPROVED' } = c.req.query();
    if (q !== 'roleAssignee')
      throw refuse(400, 'ILLEGAL_ARGUMENT', 'Resource method could not be resolved from request parameters.');
    const pages = role === 'ADMINISTRATOR' && asked === 'APPROVED' ? pagesOf(state, id) : [];
    const elements = pages.map((page) => ({ organization: page.id, role, roleAssignee: id, state: asked }));
    return c.json({ elements, paging: { count: 100, start: 0, links: [] } });
  });

  app.get('/rest/organizations/:id', (c) => {
    requireVersion(c);
    const member = caller(c, 'organizations.GET', ADMIN_SCOPES);
    const page = pagesOf(state, member.id).find(({ id }) => idIn(id) === c.req.param('id'));
    if (!page) throw refuse(404, 'RESOURCE_NOT_FOUND', 'Could not find organization');
    const vanityName = page.name.toLowerCase().replaceAll(' ', '-');
    return c.json({ id: Number(idIn(page.id)), localizedName: page.name, vanityName, $URN: page.id });
  });
}

export const pagesOf = ({ entities }: LinkedInState, memberUrn: string): Entity[] =>
  entities.all().filter(({ id, adminUrn }) => isPage(id) && adminUrn === memberUrn);
